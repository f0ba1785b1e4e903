"""Giving the owner of a reward more time to use it, also after it has expired."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.by_hand import (
    NotPossible,
    locked_reward,
    note_to_customer,
    record,
    refuse_own,
    require_reason,
)
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle

State = Reward.State


def may_be_extended(reward: Reward) -> bool:
    """It can be used until a date, or could: then it comes back."""
    if reward.expires_at is None or reward.spent_order_number:
        return False
    lapsed = reward.state == State.EXPIRED and reward.reason == reasons.EXPIRED
    return lapsed or reward.state == State.AVAILABLE


@transaction.atomic
def extend(
    *,
    reward_id: int,
    until: datetime,
    actor: Any,
    note: str,
    customer_note: str = "",
    now: datetime | None = None,
) -> Reward:
    """Let the reward be used until ``until``; the reward as it is then.

    An expired one is available again, unless what earned it has fallen meanwhile.
    ``customer_note`` is shown to its owner, ``note`` is not. Raises
    NotPossible without a reason (``note``), for the actor's own reward, for one that has no
    expiry to extend, and for a date that is over or no later than before.
    """
    moment, why = now or timezone.now(), require_reason(note)
    told = note_to_customer(customer_note)
    reward = locked_reward(reward_id)
    refuse_own(actor, reward.owner)
    if not may_be_extended(reward) or reward.expires_at is None:
        raise NotPossible(_("This reward has no date of expiry that could be moved."))
    if until <= max(moment, reward.expires_at):
        raise NotPossible(_("Choose a later date: it can only be moved into the future."))
    before = reward.expires_at
    reward.expires_at = until
    if reward.state == State.AVAILABLE:
        reward.reason = reasons.EXTENDED
    reward.save(update_fields=["expires_at", "reason"])
    record(
        reward=reward,
        reason=reasons.EXTENDED,
        actor=actor,
        note=why,
        now=moment,
        before=before.isoformat(),
        until=until.isoformat(),
        **told,
    )
    settle(reward.referral_id, now=moment, actor=actor)
    reward.refresh_from_db()
    return reward
