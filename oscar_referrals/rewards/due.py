"""Settling what time alone, or a fault, has left to do. Safe to run several times at once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import KnownOrder
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.failures import note_failure
from oscar_referrals.rewards.kinds import kind_of, offered_kinds
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import FOLLOWING
from oscar_referrals.rewards.settle import settle
from oscar_referrals.upkeep.progress import Progress, Watcher

logger = logging.getLogger(__name__)

#: Rows that one worker takes at a time; the others go on with the next ones meanwhile.
BATCH = 50
#: For so long nobody else takes them. A worker that dies gives its rows back by this.
LEASE = timedelta(minutes=15)
#: A referral that failed is tried again after this.
AFTER_FAILURE = timedelta(hours=1)


def count_due(*, now: datetime | None = None) -> int:
    """How many referrals are due."""
    return Referral.objects.filter(settle_due_at__lte=now or timezone.now()).count()


def settle_due(
    *, limit: int | None = None, now: datetime | None = None, watcher: Watcher | None = None
) -> Progress:
    """Settle every referral that is due, at most ``limit``. A row that fails harms no other.

    Several workers share the rows between them; none is settled by two at once.
    """
    moment = now or timezone.now()
    progress = Progress(watcher=watcher)
    while limit is None or progress.handled < limit:
        size = BATCH if limit is None else min(BATCH, limit - progress.handled)
        claimed = _claim(moment, size)
        if not claimed:
            break
        for pk in claimed:
            # A long run books each row when it comes to it, and not when the run began.
            _settle_one(pk, now or timezone.now(), progress)
    return progress


def mark_unissued(*, now: datetime | None = None) -> int:
    """Note as due what has an available reward whose voucher was deleted in Oscar; how many."""
    kinds = [name for name, _label in offered_kinds() if kind_of(name).has_voucher]
    without = Reward.objects.filter(state=Reward.State.AVAILABLE, voucher=None, kind__in=kinds)
    referrals = Referral.objects.filter(pk__in=without.values("referral"))
    return referrals.update(settle_due_at=now or timezone.now())


def mark_followed(*, days: int, now: datetime | None = None) -> int:
    """Note as due the referrals whose friends have ordered again in the last ``days``; how many.

    Only where the version goes by later orders. Placing one asks nothing, so that who isn't
    referred pays nothing; in most shops its payment is heard of at once.
    """
    moment = now or timezone.now()
    follows = Incentive.objects.filter(trigger__in=FOLLOWING).order_by()
    versions = list(follows.values_list("version", flat=True))
    if not versions:
        return 0
    since = moment - timedelta(days=days)
    orders = get_model("order", "Order")._default_manager.filter(date_placed__gte=since)
    known = KnownOrder.objects.filter(placed_at__gt=OuterRef("settled_at")).exclude(email_key="")
    followed = Referral.objects.filter(version__in=versions, state=Referral.State.BOUND)
    by_account = followed.filter(
        Exists(orders.filter(user=OuterRef("friend"), date_placed__gt=OuterRef("settled_at"))),
        friend__in=orders.filter(user__isnull=False).values("user"),
    )
    by_address = followed.filter(
        Exists(known.filter(email_key=OuterRef("friend_key"), placed_at__gte=since)),
        friend_key__in=_keys_of(orders),
    )
    ids = {*by_account.values_list("pk", flat=True), *by_address.values_list("pk", flat=True)}
    return Referral.objects.filter(pk__in=ids).update(settle_due_at=moment)


def _keys_of(orders: QuerySet) -> QuerySet:
    """The keyed e-mails of some orders."""
    return KnownOrder.objects.filter(order_number__in=orders.values("number")).values("email_key")


def _claim(now: datetime, size: int) -> list[int]:
    """Take some rows for this worker alone, by making them due later.

    The lock is let go at once: `settle` locks the vouchers before the referral.
    """
    with transaction.atomic():
        rows = Referral.objects.filter(settle_due_at__lte=now).order_by("settle_due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:size])
        Referral.objects.filter(pk__in=ids).update(settle_due_at=now + LEASE)
    return ids


def _settle_one(pk: int, now: datetime, progress: Progress) -> None:
    try:
        settle(pk, now=now)
    except Exception as error:
        logger.exception("Referral %s could not be settled", pk)
        note_failure(pk, error, now=now, again_at=now + AFTER_FAILURE)
        progress.fail(f"Referral {pk}", error)
    progress.step()
