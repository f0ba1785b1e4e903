"""How each referral and reward stands, in words for the advocate. Names of friends never appear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.money import format_day
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.words import value_of


class Story(NamedTuple):
    """One friend on the advocate's page."""

    title: str
    text: str
    badge: str
    #: ``good``, ``wait`` or ``gone``; the badge says the same in words.
    tone: str


def stories_of(referrals: Iterable[Referral]) -> list[Story]:
    """One story per referral; expects ``rewards__incentive`` to be prefetched."""
    return [_story(referral) for referral in referrals]


def _story(referral: Referral) -> Story:
    if referral.order_number:
        title = _("A friend, ordered %(date)s") % {"date": format_day(referral.created_at)}
    else:
        title = _("A friend, registered %(date)s") % {"date": format_day(referral.created_at)}
    reward = next(
        (item for item in referral.rewards.all() if item.side == Incentive.Side.ADVOCATE), None
    )
    if reward is not None:
        text, badge, tone = _of_reward(reward)
    elif referral.state == Referral.State.BOUND:
        text, badge, tone = _("The order is being checked."), _("Waiting"), "wait"
    else:
        text, badge, tone = _without_reward(referral.reason), _("No reward"), "gone"
    return Story(title, text, badge, tone)


def _of_reward(reward: Reward) -> tuple[str, str, str]:
    values = {"reward": value_of(reward)}
    match reward.state:
        case Reward.State.PENDING:
            return _waiting(reward, values), _("Waiting"), "wait"
        case Reward.State.AVAILABLE if is_usable(reward):
            return _("Your %(reward)s is ready to use.") % values, _("Ready"), "good"
        case Reward.State.REDEEMED:
            return _used(reward, values), _("Used"), "good"
        case Reward.State.AVAILABLE | Reward.State.EXPIRED:
            return _("Your %(reward)s expired before it was used.") % values, _("Expired"), "gone"
        case Reward.State.REVERSED:
            withdrawn = _("Your %(reward)s was withdrawn.") % values
            return f"{withdrawn} {_without_reward(reward.reason)}", _("No reward"), "gone"
    return _without_reward(reward.reason), _("No reward"), "gone"


def is_usable(reward: Reward) -> bool:
    """It can be spent now; the periodic work that marks expired rewards may be a little behind."""
    in_time = reward.expires_at is None or reward.expires_at > timezone.now()
    return reward.state == Reward.State.AVAILABLE and in_time


def _waiting(reward: Reward, values: dict[str, str]) -> str:
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


def _used(reward: Reward, values: dict[str, str]) -> str:
    if reward.spent_at is None:
        return _("You used your %(reward)s.") % values
    values["date"] = format_day(reward.spent_at)
    return _("You used your %(reward)s on %(date)s.") % values


def _without_reward(reason: str) -> str:
    if reason == reasons.ORDER_CANCELLED:
        return _("The order was cancelled.")
    if reason == reasons.ORDER_REFUNDED:
        return _("The order was refunded.")
    if reason == reasons.ORDER_DELETED:
        return _("The order no longer exists.")
    # Deliberately vague: whether an address belongs to a customer is nobody else's business.
    return _(
        "The order didn't meet the conditions, for example because this friend had ordered here "
        "before or had been invited already."
    )
