"""Has this person ordered before? Answered from an index of keyed e-mails, never from addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.identity import email_key
from oscar_referrals.members.models import KnownOrder
from oscar_referrals.upkeep.models import JobRun

JOB = "index_customers"


def remember_order(*, order: Any) -> None:
    """Add an order to the index: one INSERT that does nothing if it is known already."""
    key = email_key(order.email)
    if key:
        _insert([_known(order.number, key, order.date_placed)])


def is_existing_customer(
    *,
    user: Any,
    key: str,
    cancelled_orders_count: bool,
    excluding: str = "",
    before: datetime | None = None,
) -> bool:
    """Has the account, or the mailbox of the keyed e-mail, an order other than ``excluding``?

    With ``before`` only orders placed by then are asked about.

    One query of index look-ups. Cancelled orders count if the version says so; an order that was
    deleted from the shop counts, for nobody can say any more that it was cancelled.
    """
    earlier: list[QuerySet] = []
    if key:
        known = KnownOrder.objects.filter(email_key=key)
        if not cancelled_orders_count:
            cancelled = _orders().filter(number=OuterRef("order_number")).filter(_cancelled())
            known = known.filter(~Exists(cancelled))
        if before is not None:
            known = known.filter(placed_at__lt=before)
        earlier.append(known.exclude(order_number=excluding).values_list("order_number"))
    if user is not None and user.pk is not None:
        orders = orders_of(user, cancelled_orders_count=cancelled_orders_count)
        if before is not None:
            orders = orders.filter(date_placed__lt=before)
        earlier.append(orders.exclude(number=excluding).values_list("number"))
    if not earlier:
        return False
    first, *others = earlier
    return first.union(*others, all=True).exists() if others else first.exists()


def orders_of(user: Any, *, cancelled_orders_count: bool = False) -> QuerySet:
    """The orders of an account, by default without cancelled ones."""
    orders = _orders().filter(user_id=user.pk).order_by()
    return orders if cancelled_orders_count else orders.exclude(_cancelled())


def index_orders(
    *,
    batch: int = 2000,
    again: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Add all orders of the shop to the index, in batches; answers how many were looked at.

    Goes on where an interrupted run ended. ``again`` begins anew and replaces the keys, for after
    a change of the HMAC key. ``progress`` is called with the orders done and the orders in all.
    """
    job, _created = JobRun.objects.get_or_create(name=JOB)
    if again:
        job.cursor, job.complete = "", False
    job.started_at, job.finished_at, job.handled = timezone.now(), None, 0
    job.save()
    total = _orders().filter(pk__gt=int(job.cursor or 0)).count()
    while rows := _next_rows(job, batch):
        _insert(
            [
                _known(row["number"], key, row["date_placed"])
                for row in rows
                if (key := email_key(row["address"]))
            ],
            replace=again,
        )
        job.cursor = str(rows[-1]["pk"])
        job.handled += len(rows)
        job.save(update_fields=["cursor", "handled"])
        if progress is not None:
            progress(job.handled, total)
    job.complete, job.finished_at = True, timezone.now()
    job.save(update_fields=["complete", "finished_at"])
    return job.handled


def index_is_complete() -> bool:
    """Does the index hold every order with an e-mail? Costs the same in a shop of any size.

    A shop that had the referral system before its first order needs no run of `index_orders`.
    """
    job = JobRun.objects.filter(name=JOB).first()
    if job is not None:
        return job.complete
    first = (
        _orders()
        .filter(Q(user__isnull=False) | ~Q(guest_email=""))
        .order_by("pk")
        .values_list("number", flat=True)
        .first()
    )
    return first is None or KnownOrder.objects.filter(order_number=first).exists()


def _next_rows(job: JobRun, batch: int) -> list[dict[str, Any]]:
    address = Coalesce(NullIf(F("user__email"), Value("")), F("guest_email"))
    return list(
        _orders()
        .filter(pk__gt=int(job.cursor or 0))
        .order_by("pk")
        .values("pk", "number", "date_placed", address=address)[:batch]
    )


def _orders() -> QuerySet:
    return get_model("order", "Order")._default_manager.all()


def _cancelled() -> Q:
    return Q(status__in=conf.get().CANCELLED_STATUSES)


def _known(number: str, key: str, placed_at: Any) -> KnownOrder:
    return KnownOrder(order_number=number, email_key=key, placed_at=placed_at)


def _insert(rows: list[KnownOrder], *, replace: bool = False) -> None:
    if replace:
        KnownOrder.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["order_number"],
            update_fields=["email_key"],
        )
    else:
        KnownOrder.objects.bulk_create(rows, ignore_conflicts=True)
