"""Making a reward worth more or less by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Decision
from oscar_referrals.money import format_money
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.by_hand import (
    NotPossible,
    locked_reward,
    note_to_customer,
    record,
    refuse_own,
    require_reason,
    used_form,
)
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.standing import is_till_discount

State = Reward.State


def may_be_adjusted(reward: Reward) -> bool:
    """It is an amount of money that is still owed."""
    return (
        reward.unit == reward.currency
        and reward.state in (State.PENDING, State.AVAILABLE)
        and not reward.spent_order_number
        and not reward.settlement_asked
        and not is_till_discount(reward)
    )


@transaction.atomic
def adjust(
    *,
    reward_id: int,
    by: int,
    actor: Any,
    note: str,
    customer_note: str = "",
    token: str = "",
    now: datetime | None = None,
) -> Reward:
    """Add ``by`` minor units of its currency (negative: take away); the reward as it is then.

    Never below what is spent, set aside in a basket or set off already. One that comes to nothing
    is withdrawn. A voucher is worth what its rule says at most: it can be lowered, and raised back
    to that. ``customer_note`` is shown to its owner, ``note`` is not. ``token`` names the
    adjustment: with the same one it is made once. Raises NotPossible for these, without a reason
    (``note``), for the actor's own, and for a token that names another.
    """
    moment, why = now or timezone.now(), require_reason(note)
    told = note_to_customer(customer_note)
    reward = locked_reward(reward_id)
    refuse_own(actor, reward.owner)
    if token and _is_made(reward, by, token):
        return reward
    if not may_be_adjusted(reward):
        raise NotPossible(_("Only an amount of money that is still owed can be adjusted."))
    if not by:
        raise NotPossible(_("Enter an amount other than zero."))
    if reward.adjusted + by > 0 and kind_of(reward.kind).has_voucher:
        raise NotPossible(
            _(
                "A voucher can't be worth more than its rule says. Give the rest as store credit "
                "instead."
            )
        )
    taken = reward.used + reward.reserved + reward.netted
    if reward.net + by < taken:
        raise NotPossible(_too_low(reward, reward.net - taken))
    before = reward.adjusted
    reward.adjusted = before + by
    reward.save(update_fields=["adjusted"])
    record(
        reward=reward,
        reason=reasons.ADJUSTED,
        actor=actor,
        note=why,
        now=moment,
        by=by,
        before=before,
        currency=reward.currency,
        token=token,
        **told,
    )
    settle(reward.referral_id, now=moment, actor=actor)
    reward.refresh_from_db()
    # What a refund takes back of it in proportion was computed anew.
    if reward.net < taken:
        raise NotPossible(
            _("More of it is spent, set aside in a basket or set off already than would be left.")
        )
    return reward


def _is_made(reward: Reward, by: int, token: str) -> bool:
    """The adjustment that the token names was made. Raises NotPossible for another one."""
    made = Decision.objects.filter(
        referral=reward.referral_id,
        subject=reward.key,
        reason=reasons.ADJUSTED,
        inputs__token=token,
    ).first()
    if made is not None and made.inputs["by"] != by:
        raise used_form()
    return made is not None


def _too_low(reward: Reward, most: int) -> str:
    return _(
        "At most %(amount)s can be taken away: what is spent, set aside in a basket or set off "
        "already stays."
    ) % {"amount": format_money(most, reward.currency)}
