"""What a mail says. Every sentence about money comes from the reward's own version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from oscar.core.loading import get_model

from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import friends
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.money import format_day, format_deadline
from oscar_referrals.programs import reasons
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.rewards.entitlements import has_accepted
from oscar_referrals.rewards.kinds import BUILT_IN
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.notes import notes_about
from oscar_referrals.rewards.words import is_free_delivery, left_of, promise_of
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.links import share_url

#: Somebody joined: the link to share, and what both sides get.
JOINED = "referral_joined"
#: A friend has ordered: the reward is on its way, and what it waits for.
FRIEND_ORDERED = "referral_friend_ordered"
#: The reward can be spent: what it is worth, how and until when.
REWARD_AVAILABLE = "referral_reward_available"
#: The reward expires soon: what is left of it, how to use it and until when.
REWARD_EXPIRING = "referral_reward_expiring"
#: The reward will not come, or is taken back: why.
REWARD_WITHDRAWN = "referral_reward_withdrawn"
#: The same to the friend, about what they earn themselves. What came off their order is no news.
FRIEND_REWARD_EARNED = "referral_friend_reward_earned"
FRIEND_REWARD_AVAILABLE = "referral_friend_reward_available"
FRIEND_REWARD_EXPIRING = "referral_friend_reward_expiring"
FRIEND_REWARD_WITHDRAWN = "referral_friend_reward_withdrawn"

#: Which message tells the friend what another one tells the advocate.
TO_FRIEND = {
    FRIEND_ORDERED: FRIEND_REWARD_EARNED,
    REWARD_AVAILABLE: FRIEND_REWARD_AVAILABLE,
    REWARD_EXPIRING: FRIEND_REWARD_EXPIRING,
    REWARD_WITHDRAWN: FRIEND_REWARD_WITHDRAWN,
}

State = Reward.State

#: In which states of its reward a message still tells the truth.
TRUE_WHILE = {
    FRIEND_ORDERED: {State.PENDING},
    REWARD_AVAILABLE: {State.AVAILABLE},
    REWARD_WITHDRAWN: {State.VOIDED, State.REVERSED},
    FRIEND_REWARD_EARNED: {State.PENDING},
    FRIEND_REWARD_AVAILABLE: {State.AVAILABLE},
    FRIEND_REWARD_WITHDRAWN: {State.VOIDED, State.REVERSED},
}
#: The clauses of a version that tell how a voucher can be used, in the order of `describe`.
HOW_TO_USE = (
    "advocate-owner",
    "advocate-products",
    "advocate-minimum",
    "advocate-maximum",
    "advocate-remainder",
    "advocate-combination",
    "goods-only",
)
#: The same for a voucher for free delivery.
HOW_TO_USE_FOR_DELIVERY = (
    "advocate-owner",
    "advocate-delivery-products",
    "advocate-delivery-minimum",
    "advocate-delivery-combination",
)
#: What somebody who joins wants to know: who gets what, and when.
PROMISES = (
    "friend-value",
    "friend-products",
    "friend-minimum",
    "friend-maximum",
    "friend-reward",
    "friend-delivery-products",
    "friend-delivery-minimum",
    "new-customers",
    "advocate-value",
    "advocate-reward",
    "advocate-products",
    "advocate-minimum",
    "advocate-maximum",
    "advocate-validity",
    "hold",
    "refund",
    "changes",
)
#: Reasons that staff are behind.
BY_STAFF = frozenset({reasons.EXTENDED, reasons.ADJUSTED})
#: What earns a reward, as the templates ask for it.
ORDER, REGISTRATION, GOAL = "order", "registration", "goal"
EARNED_BY: dict[str, str] = {
    Incentive.Trigger.SIGN_UP: REGISTRATION,
    Incentive.Trigger.MILESTONE: GOAL,
    Incentive.Trigger.EVERY_NTH: GOAL,
}
#: Those that tell what a reward waits for, and what would take it away.
WAITS_FOR = ("hold", "refund")


def event_for(reward: Reward, event: str) -> str:
    """The message of the side that the reward belongs to."""
    return TO_FRIEND[event] if reward.side == Incentive.Side.FRIEND else event


def is_still_true(message: OutboxMessage) -> bool:
    """Would the message tell the truth now? Between owing and sending it, things may change."""
    if message.event == JOINED:
        return message.advocate is not None and message.advocate.is_member
    if message.event in (REWARD_EXPIRING, FRIEND_REWARD_EXPIRING):
        return message.reward is not None and _expires_soon(message.reward, message.key)
    allowed = TRUE_WHILE.get(message.event)
    if allowed is None:
        return True
    return message.reward is not None and message.reward.state in allowed


def reminder_key(reward: Reward) -> str:
    """Names the reminder of the reward's present date of expiry."""
    until = reward.expires_at
    return f"{REWARD_EXPIRING}:{reward.key}:{int(until.timestamp()) if until else 0}"


def _expires_soon(reward: Reward, key: str) -> bool:
    """It can still be spent, and until the very date that the reminder is about."""
    return (
        reward.state == State.AVAILABLE
        and not reward.spent_order_number
        and reward.left > 0
        and reward.expires_at is not None
        and reward.expires_at > timezone.now()
        and reminder_key(reward) == key
    )


def render(message: OutboxMessage) -> dict[str, str]:
    """Subject, body, html and sms in the message's language, from Oscar's communication event.

    Staff may edit the texts in Oscar's dashboard, under the event's code in capitals; the variables
    are those of `context_of`.
    """
    with translation.override(message.language or settings.LANGUAGE_CODE):
        event_types = get_model("communication", "CommunicationEventType").objects
        texts: dict[str, str] = event_types.get_and_render(
            message.event.upper(), context_of(message)
        )
    return texts


def context_of(message: OutboxMessage) -> dict[str, Any]:
    """The variables of the templates, in the active language."""
    if message.reward is not None:
        context = _about_reward(message.reward)
    elif message.advocate is not None:
        context = _about_membership(message.advocate)
    else:
        raise ValueError(f"{message.key} is about nothing")
    program: Program = context["program"]
    portal_url = absolute_url(program, "referrals:portal")
    return {
        "action_url": portal_url,
        **context,
        "user": message.user,
        "site": program.site,
        "language": translation.get_language(),
        "portal_url": portal_url,
    }


def absolute_url(program: Program, view_name: str) -> str:
    """The address of one of our pages in the active language; empty if the shop has left it out."""
    try:
        path = reverse(view_name)
    except NoReverseMatch:
        return ""
    return f"{settings.OSCAR_URL_SCHEMA}://{program.site.domain}{path}"


def _about_reward(reward: Reward) -> dict[str, Any]:
    version = reward.referral.version
    own = _to_friend(reward) if reward.side == Incentive.Side.FRIEND else _to_advocate(reward)
    return {
        **own,
        "program": version.program,
        "reward": reward,
        "value": promise_of(reward),
        "left": left_of(reward),
        "code": pretty(reward.voucher_code),
        "reason": reasons.shopper_text(reward.reason),
        "hold_until": format_day(reward.hold_until) if reward.hold_until else "",
        "expires_at": format_deadline(reward.expires_at) if reward.expires_at else "",
        "earned_by": earned_by(reward),
        "is_given": reward.incentive_id is None,
        # The shop itself says how its own kinds are used.
        "is_used_in_basket": reward.kind in BUILT_IN,
        "is_extended": reward.reason == reasons.EXTENDED,
        "was_available": reward.available_at is not None,
        "is_back": reward.reason == reasons.RESTORED,
        "note": _note_about(reward),
    }


def _note_about(reward: Reward) -> str:
    """What staff last wrote to its owner, where it is what they did that the mail tells of."""
    if reward.incentive_id is not None and reward.reason not in BY_STAFF:
        return ""
    return next(reversed(notes_about([reward]).get(reward.key, [])), "")


def _to_advocate(reward: Reward) -> dict[str, Any]:
    advocate, version = reward.advocate, reward.referral.version
    if reward.incentive_id is None:
        return {"must_join": False, "how_to_use": [], "waits_for": []}
    return {
        "must_join": advocate is not None and not has_accepted(advocate, reward.created_at),
        "how_to_use": _sentences(version, _clauses_on_use(reward), reward.currency),
        "waits_for": _waits_for(reward),
    }


def _clauses_on_use(reward: Reward) -> tuple[str, ...]:
    """None for the shop's own kinds: no version says how they are used."""
    if reward.kind not in BUILT_IN:
        return ()
    return HOW_TO_USE_FOR_DELIVERY if is_free_delivery(reward) else HOW_TO_USE


def _to_friend(reward: Reward) -> dict[str, Any]:
    is_guest = reward.owner_id is None
    page = "customer:register" if is_guest else "referrals:portal"
    return {
        "must_register": is_guest,
        "action_url": absolute_url(reward.referral.version.program, page),
        "how_to_use": friends.how_to_use(reward),
        "waits_for": _waits_for(reward),
    }


def _waits_for(reward: Reward) -> list[str]:
    """What an order has to come to; nothing where no order earned the reward."""
    if earned_by(reward) != ORDER:
        return []
    return _sentences(reward.referral.version, WAITS_FOR, reward.currency)


def earned_by(reward: Reward) -> str:
    """What earned it: ``order``, ``registration`` or ``goal``; empty for what staff gave."""
    if reward.incentive is None:
        return ""
    return EARNED_BY.get(reward.incentive.trigger, ORDER)


def _about_membership(advocate: Advocate) -> dict[str, Any]:
    program = advocate.program
    code = code_for(advocate=advocate)
    version = program.current_version
    return {
        "program": program,
        "advocate": advocate,
        "code": code.pretty,
        "share_url": share_url(code),
        "promises": _sentences(version, PROMISES) if version is not None else [],
    }


def _sentences(
    version: ProgramVersion, keys: tuple[str, ...], currency: str | None = None
) -> list[str]:
    """The version's own clauses with these keys; only what concerns ``currency`` if it is given."""
    clauses = [clause for clause in describe(version) if _is_about(clause.key, keys, currency)]
    return [clause.text for clause in clauses]


def _is_about(key: str, keys: tuple[str, ...], currency: str | None) -> bool:
    """Clauses that differ by currency end in its code, which is in capitals."""
    stem, _dash, tail = key.rpartition("-")
    if tail.isupper():
        return _unnumbered(stem) in keys and currency in (None, tail)
    return _unnumbered(key) in keys


def _unnumbered(key: str) -> str:
    """Where a side has several rewards, their clauses are numbered."""
    stem, _dash, tail = key.rpartition("-")
    return stem if tail.isdigit() else key
