"""How one reward stands, and what has become of its amount, in words for its owner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from oscar_referrals.money import format_day, format_money
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.tellable import why_no_reward
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.words import figures_of, value_of

Trigger = Incentive.Trigger


class RewardStory(NamedTuple):
    """One reward on its owner's page."""

    text: str
    badge: str
    #: ``good``, ``wait`` or ``gone``; the badge says the same in words.
    tone: str
    #: What was taken back, set off or added, and what the shop writes: a sentence each.
    details: tuple[str, ...] = ()


def reward_story(reward: Reward, notes: Iterable[str] = ()) -> RewardStory:
    """The story of a reward with the shop's ``notes`` about it. No query.

    What later rewards have paid of its clawback is read off ``paid_back``; see
    `set_off.with_payments`.
    """
    text, badge, tone = _standing(reward)
    said = [_("The shop writes: %(note)s") % {"note": note} for note in notes]
    # Some languages put the reward first: "free delivery" then begins the sentence.
    return RewardStory(capfirst(text), badge, tone, (*_amounts(reward), *said))


def is_usable(reward: Reward) -> bool:
    """It can be spent now; the periodic work that marks expired rewards may be a little behind."""
    in_time = reward.expires_at is None or reward.expires_at > timezone.now()
    return reward.state == Reward.State.AVAILABLE and in_time


def occasion_of(reward: Reward) -> str:
    """What earned it: "For the registration"; that the shop gave it, where staff did."""
    incentive = reward.incentive
    if incentive is None:
        return _("From the shop")
    match incentive.trigger:
        case Trigger.SIGN_UP:
            return _("For the registration")
        case Trigger.NTH_ORDER:
            return _("For order number %(number)d") % {"number": incentive.number or 1}
        case Trigger.ORDER_OVER:
            figures = figures_of(reward)
            if figures is not None and figures.threshold:
                amount = format_money(figures.threshold, reward.currency)
                return _("For an order of %(amount)s or more") % {"amount": amount}
        case Trigger.MILESTONE | Trigger.EVERY_NTH:
            return _("For a number of successful referrals")
    return _("For the first order")


def _standing(reward: Reward) -> tuple[str, str, str]:
    values = {"reward": value_of(reward)}
    match reward.state:
        case Reward.State.PENDING:
            return _waiting(reward, values), _("Waiting"), "wait"
        case Reward.State.AVAILABLE if is_usable(reward):
            return _ready(reward, values), _("Ready"), "good"
        case Reward.State.REDEEMED if reward.reason == reasons.SET_OFF:
            text = _(
                "Your %(reward)s was set off in full, because an earlier reward that you had used "
                "was taken back."
            )
            return text % values, _("Set off"), "gone"
        case Reward.State.REDEEMED if reward.settled_amount is not None:
            return _settled(reward, values), _("Settled"), "good"
        case Reward.State.REDEEMED:
            return _used(reward, values), _("Used"), "good"
        case Reward.State.AVAILABLE | Reward.State.EXPIRED:
            return _expired(reward, values), _("Expired"), "gone"
        case Reward.State.REVERSED:
            withdrawn = _("Your %(reward)s was withdrawn.") % values
            return f"{withdrawn} {_why_not(reward)}", _("No reward"), "gone"
    return _why_not(reward), _("No reward"), "gone"


def _why_not(reward: Reward) -> str:
    """To a friend, or about a gift, nothing has to be kept back: it is their own."""
    if reward.side == Incentive.Side.FRIEND or reward.incentive is None:
        return reasons.shopper_text(reward.reason)
    return why_no_reward(reward.reason)


def _waiting(reward: Reward, values: dict[str, str]) -> str:
    if reward.reason == reasons.SETTLEMENT_ASKED:
        return _("Your %(reward)s waits until the shop has looked at it.") % values
    if reward.reason == reasons.TERMS_NOT_ACCEPTED:
        return _("Your %(reward)s waits until you join the program.") % values
    if reward.reason == reasons.ORDER_NOT_SHIPPED:
        return _("Your %(reward)s waits until the order is shipped.") % values
    if reward.reason in (reasons.ORDER_NOT_DELIVERED, reasons.NO_SHIPPING_FACTS):
        return _("Your %(reward)s waits until the order is delivered.") % values
    if reward.hold_until is None:
        return _("Your %(reward)s waits until the order is paid.") % values
    if reward.hold_until <= timezone.now():
        return _("Your %(reward)s is on its way.") % values
    values["date"] = format_day(reward.hold_until)
    return _("Your %(reward)s is held until %(date)s.") % values


def _ready(reward: Reward, values: dict[str, str]) -> str:
    if not reward.used:
        return _("Your %(reward)s is ready to use.") % values
    values["left"] = format_money(reward.left + reward.reserved, reward.unit)
    return _("%(left)s of your %(reward)s is left to use.") % values


def _used(reward: Reward, values: dict[str, str]) -> str:
    if reward.spent_at is None:
        return _("You used your %(reward)s.") % values
    values["date"] = format_day(reward.spent_at)
    return _("You used your %(reward)s on %(date)s.") % values


def _settled(reward: Reward, values: dict[str, str]) -> str:
    values["date"] = format_day(reward.available_at) if reward.available_at else ""
    return _("The shop settled your %(reward)s with you directly on %(date)s.") % values


def _expired(reward: Reward, values: dict[str, str]) -> str:
    if not reward.used:
        return _("Your %(reward)s expired before it was used.") % values
    values["left"] = format_money(reward.left, reward.unit)
    return _("%(left)s of your %(reward)s expired before it was used.") % values


def _amounts(reward: Reward) -> list[str]:
    """What changed what the reward is worth, in the order in which it counts."""
    found = [reasons.shopper_text(reasons.GIVEN_BY_STAFF)] if reward.incentive is None else []
    withdrawn = reward.state in (Reward.State.VOIDED, Reward.State.REVERSED)
    if reward.unit == reward.currency and not withdrawn:
        found += _changes(reward)
    return found + _clawback(reward)


def _changes(reward: Reward) -> list[str]:
    def money(amount: int) -> dict[str, str]:
        return {"amount": format_money(amount, reward.currency)}

    found = []
    if reward.adjusted > 0:
        found.append(_("The shop added %(amount)s.") % money(reward.adjusted))
    elif reward.adjusted < 0:
        found.append(_("The shop took off %(amount)s.") % money(-reward.adjusted))
    if reward.reduced:
        taken = _("%(amount)s of it was taken back.") % money(reward.reduced)
        found.append(f"{taken} {reasons.shopper_text(reward.reduced_reason)}")
    if reward.netted and reward.reason != reasons.SET_OFF:
        found.append(
            _("%(amount)s of this was set off because an earlier reward was taken back.")
            % money(reward.netted)
        )
    return found


def _clawback(reward: Reward) -> list[str]:
    """What was used although it is taken back: how much of that later rewards have to pay."""
    if not reward.clawback:
        return []
    paid = getattr(reward, "paid_back", None) or 0
    still = max(0, reward.clawback - reward.written_off - paid)
    found = []
    if paid:
        found.append(
            _("You had used it before it was taken back. %(amount)s was set off since.")
            % {"amount": format_money(paid, reward.currency)}
        )
    if still:
        found.append(
            _(
                "%(amount)s that you had used already is set off against your next rewards. "
                "You never have to pay it."
            )
            % {"amount": format_money(still, reward.currency)}
        )
    if reward.written_off:
        found.append(
            _("%(amount)s that you had used already was waived.")
            % {"amount": format_money(reward.written_off, reward.currency)}
        )
    return found
