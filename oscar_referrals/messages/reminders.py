"""Reminding people of rewards that expire soon: one mail per reward and date of expiry."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.messages import friends
from oscar_referrals.messages.about_reward import event_for
from oscar_referrals.messages.events import REWARD_EXPIRING
from oscar_referrals.messages.outbox import put
from oscar_referrals.messages.truth import reminder_key
from oscar_referrals.rewards.models import Reward
from oscar_referrals.upkeep.progress import Progress, Watcher

#: Rewards that one worker takes at a time.
BATCH = 50


def count_due(*, now: datetime | None = None) -> int:
    """Of how many rewards somebody is to be reminded now."""
    return _due(now or timezone.now()).count()


def remind_due(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Owe a mail to whoever has a reward that expires within ``REMIND_BEFORE_EXPIRY``.

    Several workers share the rewards between them: a row is claimed, its mail put into the outbox
    and the date noted on it in one transaction, so that no crash forgets or doubles one.
    """
    moment = now or timezone.now()
    progress = Progress(watcher=watcher)
    while reminded := _remind_some(moment):
        progress.step(reminded)
    return progress


def _due(now: datetime) -> QuerySet[Reward]:
    """By index: only what is in the period and was not looked at yet."""
    period = conf.get().REMIND_BEFORE_EXPIRY
    if period is None:
        return Reward.objects.none()
    return Reward.objects.filter(
        ~Q(reminded_for=F("expires_at")),
        state=Reward.State.AVAILABLE,
        expires_at__gt=now,
        expires_at__lte=now + period,
        available_at__lt=F("expires_at") - period,
        owner__isnull=False,
    )


@transaction.atomic
def _remind_some(now: datetime) -> int:
    rows = _due(now).select_related("owner", "advocate", "referral__claim")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
    rewards = list(rows.order_by("expires_at", "pk")[:BATCH])
    for reward in rewards:
        if _can_be_spent(reward):
            _put(reward, now)
    ids = [reward.pk for reward in rewards]
    Reward.objects.filter(pk__in=ids).update(reminded_for=F("expires_at"))
    return len(ids)


def _can_be_spent(reward: Reward) -> bool:
    """Something is left of it; of what is no money, the one piece."""
    return not reward.spent_order_number and reward.left > 0


def _put(reward: Reward, now: datetime) -> None:
    advocate = reward.advocate
    put(
        key=reminder_key(reward),
        event=event_for(reward, REWARD_EXPIRING),
        user=reward.owner,
        language=friends.language_of(reward),
        advocate=advocate,
        referral=reward.referral,
        reward=reward,
        now=now,
    )
