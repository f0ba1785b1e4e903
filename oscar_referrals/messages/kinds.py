"""The kinds of messages: what each is about, who gets it, and what it takes to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from oscar_referrals import conf
from oscar_referrals.messages.events import (
    FOLLOW_UP_HELP,
    FOLLOW_UP_INVITE,
    FOLLOW_UP_THANKS,
    FOLLOW_UPS,
    FRIEND_ANSWER,
    FRIEND_CLAIMED,
    FRIEND_DECLINED,
    FRIEND_ORDERED,
    FRIEND_REWARD_AVAILABLE,
    FRIEND_REWARD_EARNED,
    FRIEND_REWARD_EXPIRING,
    FRIEND_REWARD_WITHDRAWN,
    FRIEND_WELCOME,
    JOINED,
    REFERRAL_DECLINED,
    REWARD_AVAILABLE,
    REWARD_EXPIRING,
    REWARD_WITHDRAWN,
    SHARE_REMINDER,
    TERMS_ACCEPTED,
    TERMS_CHANGED,
)
from oscar_referrals.programs.models import Incentive

Side = Incentive.Side


class Purpose(Enum):
    """Why a message is sent, which says what it takes to send it."""

    #: About a reward that the person owns: always sent, for it may be worth money.
    REWARD = "reward"
    #: About what the person has agreed to: always sent, for it says what holds from when.
    TERMS = "terms"
    #: About what happens in the program: sent until the person switches it off.
    SERVICE = "service"
    #: To keep in touch: sent only with the person's consent.
    RELATIONSHIP = "relationship"

    @property
    def label(self) -> str:
        """In words, in the active language."""
        return {
            Purpose.REWARD: gettext("About rewards"),
            Purpose.TERMS: gettext("About accepted terms"),
            Purpose.SERVICE: gettext("About the program"),
            Purpose.RELATIONSHIP: gettext("Keeping in touch"),
        }[self]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of message."""

    event: str
    #: The side that gets it.
    to: str
    purpose: Purpose
    name: Promise
    #: What the person reads beside the switch for it; nothing where there is no switch.
    offer: Promise | str = ""
    #: When it is sent; may name figures of `figures`.
    when: Promise
    #: Counts for, and waits for, ``MAIL_PAUSE``.
    is_capped: bool = False

    @property
    def can_be_switched_off(self) -> bool:
        """By the person who gets it."""
        return self.purpose not in (Purpose.REWARD, Purpose.TERMS)

    @property
    def needs_consent(self) -> bool:
        """Sent only to who has agreed."""
        return self.purpose is Purpose.RELATIONSHIP

    @property
    def when_text(self) -> str:
        """When it is sent, with the figures of the shop's settings."""
        days = dict(zip(FOLLOW_UPS, conf.get().FOLLOW_UP_DAYS, strict=False))
        hours = conf.get().SHARE_REMINDER_AFTER
        return str(self.when) % {
            "day": days.get(self.event, "–"),
            "hours": int(hours.total_seconds() // 3600) if hours is not None else "–",
        }


KINDS: dict[str, Kind] = {
    kind.event: kind
    for kind in (
        Kind(
            event=JOINED,
            to=Side.ADVOCATE,
            purpose=Purpose.SERVICE,
            name=gettext_lazy("Welcome to the program"),
            offer=gettext_lazy("A welcome with my link, when I join"),
            when=gettext_lazy("When somebody joins, once."),
        ),
        Kind(
            event=TERMS_CHANGED,
            to=Side.ADVOCATE,
            purpose=Purpose.TERMS,
            name=gettext_lazy("The terms change"),
            when=gettext_lazy(
                "When a new version of the program is published, once to each member who accepted "
                "an earlier one. Corrected wording sends none."
            ),
        ),
        Kind(
            event=TERMS_ACCEPTED,
            to=Side.ADVOCATE,
            purpose=Purpose.TERMS,
            name=gettext_lazy("Receipt for accepted terms"),
            when=gettext_lazy(
                "When a member accepts terms, once for each acceptance. The welcome to the "
                "program is the first receipt; while it is switched off, this one is sent instead."
            ),
        ),
        Kind(
            event=SHARE_REMINDER,
            to=Side.ADVOCATE,
            purpose=Purpose.RELATIONSHIP,
            name=gettext_lazy("Reminder to share"),
            offer=gettext_lazy("One reminder of my link, if I have not shared it yet"),
            when=gettext_lazy(
                "%(hours)s hours after joining, if nobody has opened the link; once."
            ),
            is_capped=True,
        ),
        Kind(
            event=FRIEND_CLAIMED,
            to=Side.ADVOCATE,
            purpose=Purpose.SERVICE,
            name=gettext_lazy("A friend has taken the offer"),
            offer=gettext_lazy("When a friend has taken my offer"),
            when=gettext_lazy(
                "An hour after a friend has taken the offer and not ordered; at most once a day."
            ),
            is_capped=True,
        ),
        Kind(
            event=REFERRAL_DECLINED,
            to=Side.ADVOCATE,
            purpose=Purpose.SERVICE,
            name=gettext_lazy("A friend's order does not count"),
            offer=gettext_lazy("When a friend's order does not count, and why"),
            when=gettext_lazy(
                "When an order with the code earns nothing; at most once a day for each reason."
            ),
        ),
        Kind(
            event=FRIEND_ORDERED,
            to=Side.ADVOCATE,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A friend has ordered"),
            when=gettext_lazy("When a reward is owed and waits."),
        ),
        Kind(
            event=REWARD_AVAILABLE,
            to=Side.ADVOCATE,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A reward can be spent"),
            when=gettext_lazy("When a reward becomes available."),
        ),
        Kind(
            event=REWARD_EXPIRING,
            to=Side.ADVOCATE,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A reward expires soon"),
            when=gettext_lazy("Some days before a reward expires unused."),
        ),
        Kind(
            event=REWARD_WITHDRAWN,
            to=Side.ADVOCATE,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A reward was withdrawn"),
            when=gettext_lazy("When a reward that was announced will not come or is taken back."),
        ),
        Kind(
            event=FRIEND_WELCOME,
            to=Side.FRIEND,
            purpose=Purpose.SERVICE,
            name=gettext_lazy("Welcome to a friend"),
            offer=gettext_lazy("What I get, when I have taken a friend's offer"),
            when=gettext_lazy(
                "An hour after a friend who has an account, or opens one later, has taken the "
                "offer and not ordered yet."
            ),
        ),
        Kind(
            event=FRIEND_DECLINED,
            to=Side.FRIEND,
            purpose=Purpose.SERVICE,
            name=gettext_lazy("A friend's code does not count"),
            offer=gettext_lazy("When a friend's code does not count for my order, and why"),
            when=gettext_lazy(
                "When it is decided after the order that the friend's code does not count for it."
            ),
        ),
        Kind(
            event=FRIEND_ANSWER,
            to=Side.FRIEND,
            purpose=Purpose.SERVICE,
            name=gettext_lazy("Answer to a claim after the order"),
            offer=gettext_lazy("The answer, when I have said after an order who invited me"),
            when=gettext_lazy("When staff have decided about a friend's claim after the order."),
        ),
        Kind(
            event=FRIEND_REWARD_EARNED,
            to=Side.FRIEND,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A friend has earned a reward"),
            when=gettext_lazy("When a reward is owed and waits."),
        ),
        Kind(
            event=FRIEND_REWARD_AVAILABLE,
            to=Side.FRIEND,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A friend's reward can be spent"),
            when=gettext_lazy("When a reward becomes available."),
        ),
        Kind(
            event=FRIEND_REWARD_EXPIRING,
            to=Side.FRIEND,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A friend's reward expires soon"),
            when=gettext_lazy("Some days before a reward expires unused."),
        ),
        Kind(
            event=FRIEND_REWARD_WITHDRAWN,
            to=Side.FRIEND,
            purpose=Purpose.REWARD,
            name=gettext_lazy("A friend's reward was withdrawn"),
            when=gettext_lazy("When a reward that was announced will not come or is taken back."),
        ),
        Kind(
            event=FOLLOW_UP_THANKS,
            to=Side.FRIEND,
            purpose=Purpose.RELATIONSHIP,
            name=gettext_lazy("Thanks for the first order"),
            offer=gettext_lazy("A thank-you after my first order through a friend"),
            when=gettext_lazy("On day %(day)s after the friend's first order that counted."),
            is_capped=True,
        ),
        Kind(
            event=FOLLOW_UP_HELP,
            to=Side.FRIEND,
            purpose=Purpose.RELATIONSHIP,
            name=gettext_lazy("Help after the first order"),
            offer=gettext_lazy("An offer of help some days after it"),
            when=gettext_lazy("On day %(day)s after the friend's first order that counted."),
            is_capped=True,
        ),
        Kind(
            event=FOLLOW_UP_INVITE,
            to=Side.FRIEND,
            purpose=Purpose.RELATIONSHIP,
            name=gettext_lazy("Invitation to recommend"),
            offer=gettext_lazy("An invitation to recommend the shop myself"),
            when=gettext_lazy("On day %(day)s after the friend's first order that counted."),
            is_capped=True,
        ),
    )
}
#: The events that count for, and wait for, ``MAIL_PAUSE``.
CAPPED = frozenset(event for event, kind in KINDS.items() if kind.is_capped)


def is_to_friend(event: str) -> bool:
    """Friends may have ordered without an account; advocates have one."""
    kind = KINDS.get(event)
    return kind is not None and kind.to == Side.FRIEND
