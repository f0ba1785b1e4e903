"""What a mail about a reward says, from the reward's own version and figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.identity import email_key
from oscar_referrals.members import proofs
from oscar_referrals.messages import friends
from oscar_referrals.messages.addresses import absolute_url
from oscar_referrals.messages.events import TO_FRIEND
from oscar_referrals.messages.sentences import (
    HOW_TO_USE,
    HOW_TO_USE_FOR_DELIVERY,
    WAITS_FOR,
    sentences,
)
from oscar_referrals.money import format_day, format_deadline
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.entitlements import has_accepted
from oscar_referrals.rewards.kinds import BUILT_IN
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.notes import notes_about
from oscar_referrals.rewards.words import is_free_delivery, left_of, promise_of
from oscar_referrals.sharing.alphabet import pretty

#: Reasons that staff are behind.
BY_STAFF = frozenset({reasons.EXTENDED, reasons.ADJUSTED})
#: What earns a reward, as the templates ask for it.
ORDER, REGISTRATION, GOAL = "order", "registration", "goal"
EARNED_BY: dict[str, str] = {
    Incentive.Trigger.SIGN_UP: REGISTRATION,
    Incentive.Trigger.MILESTONE: GOAL,
    Incentive.Trigger.EVERY_NTH: GOAL,
}


def event_for(reward: Reward, event: str) -> str:
    """The message of the side that the reward belongs to."""
    return TO_FRIEND[event] if reward.side == Incentive.Side.FRIEND else event


def about_reward(reward: Reward) -> dict[str, Any]:
    """The variables of a message about this reward, in the active language."""
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
        "how_to_use": sentences(version, _clauses_on_use(reward), reward.currency),
        "waits_for": _waits_for(reward),
    }


def _clauses_on_use(reward: Reward) -> tuple[str, ...]:
    """None for the shop's own kinds: no version says how they are used."""
    if reward.kind not in BUILT_IN:
        return ()
    return HOW_TO_USE_FOR_DELIVERY if is_free_delivery(reward) else HOW_TO_USE


def _to_friend(reward: Reward) -> dict[str, Any]:
    program = reward.referral.version.program
    is_guest = reward.owner_id is None
    own = _to_guest(reward) if is_guest else {}
    return {
        "must_register": is_guest,
        "to_receive": "",
        "action_url": absolute_url(program, "referrals:portal"),
        **own,
        "how_to_use": friends.how_to_use(reward),
        "waits_for": _waits_for(reward),
    }


def _to_guest(reward: Reward) -> dict[str, str]:
    """How a guest receives a reward: only a proved address is given one (decisions 18 and 24)."""
    program = reward.referral.version.program
    # The key of the very mailbox that this mail goes to, whatever is stored of it elsewhere.
    token = proofs.token_for(email_key(friends.guest_address(reward.referral)))
    if confirm_url := absolute_url(program, "referrals:confirm-address", token):
        return {
            "to_receive": reasons.shopper_text(reasons.NO_ACCOUNT),
            "action_url": confirm_url,
        }
    # The shop has left out our pages.
    return {
        "to_receive": _without_link(),
        "action_url": absolute_url(program, "customer:register"),
    }


def _without_link() -> str:
    if conf.get().EMAIL_IS_VERIFIED is not None:
        return reasons.shopper_text(reasons.NO_ACCOUNT)
    return _(
        "This reward waits for an account. Register with the e-mail address of your order, and "
        "write to us from that address."
    )


def _waits_for(reward: Reward) -> list[str]:
    """What an order has to come to; nothing where no order earned the reward."""
    if earned_by(reward) != ORDER:
        return []
    return sentences(reward.referral.version, WAITS_FOR, reward.currency)


def earned_by(reward: Reward) -> str:
    """What earned it: ``order``, ``registration`` or ``goal``; empty for what staff gave."""
    if reward.incentive is None:
        return ""
    return EARNED_BY.get(reward.incentive.trigger, ORDER)
