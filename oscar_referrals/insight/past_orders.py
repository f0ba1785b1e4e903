"""The shop's past orders as a forecast needs them, in batches: a handful of queries for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.members.models import KnownOrder
from oscar_referrals.money import to_minor
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.ranges import limits

BATCH = 2000
#: Per order: goods before discounts, and after them.
Sums = dict[int, tuple[Decimal, Decimal]]
NOTHING = (Decimal(0), Decimal(0))


@dataclass(kw_only=True)
class PastOrder:
    """One order. Amounts in minor units of its currency."""

    order: Any
    currency: str
    placed_at: datetime
    #: Goods before any discount, and what discounts took off them.
    goods: int
    discounted: int
    #: What was paid for delivery.
    delivery: int
    #: By what its customer is known again: account, keyed e-mail.
    keys: list[str]
    #: The version takes its customer for a new one.
    is_new: bool
    #: By incentive: the goods of the products that it is limited to.
    limited: dict[int, int]
    #: What the shop earned on it; None if nobody knows.
    margin: int | None = None

    def goods_of(self, incentive: Incentive) -> int:
        """The goods that count for an incentive."""
        return self.limited.get(incentive.pk, self.goods)


def batches(
    version: ProgramVersion, *, start: datetime, end: datetime
) -> Iterator[list[PastOrder]]:
    """The orders placed from ``start`` until ``end`` that were not undone, the first ones first."""
    orders = (
        standing_orders(start, end)
        .only("number", "user", "currency", "total_incl_tax", "shipping_incl_tax", "date_placed")
        .order_by("date_placed", "pk")
    )
    # One query: asked batch by batch, databases would sort the whole period for each.
    rows = orders.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield _past(version, batch)


def standing_orders(start: datetime, end: datetime) -> QuerySet[Any]:
    """The orders placed from ``start`` until ``end`` that were not undone."""
    settings = conf.get()
    return (
        get_model("order", "Order")
        ._default_manager.filter(date_placed__gte=start, date_placed__lt=end)
        .exclude(status__in=[*settings.CANCELLED_STATUSES, *settings.REFUNDED_STATUSES])
    )


def _past(version: ProgramVersion, batch: Sequence[Any]) -> list[PastOrder]:
    lines = get_model("order", "Line").objects.filter(order__in=[order.pk for order in batch])
    sums = _sums(lines)
    limited = {
        incentive.pk: _sums(lines.filter(product__in=incentive.range.all_products().values("pk")))
        for incentive in version.incentives.all()
        if incentive.range is not None and limits(incentive.range)
    }
    mailboxes = _mailboxes(batch)
    firsts = _first_orders(version, batch, mailboxes) if version.new_customers_only else {}
    found = []
    for order in batch:
        before, after = (to_minor(sum_, order.currency) for sum_ in sums.get(order.pk, NOTHING))
        found.append(
            PastOrder(
                order=order,
                currency=order.currency,
                placed_at=order.date_placed,
                goods=before,
                discounted=max(0, before - after),
                delivery=to_minor(order.shipping_incl_tax, order.currency),
                keys=_keys_of(order, mailboxes),
                is_new=order.date_placed <= firsts.get(order.pk, order.date_placed),
                limited={
                    pk: to_minor(of_range.get(order.pk, NOTHING)[0], order.currency)
                    for pk, of_range in limited.items()
                },
            )
        )
    return found


def _sums(lines: QuerySet) -> Sums:
    rows = (
        lines.order_by()
        .values_list("order")
        .annotate(Sum("line_price_before_discounts_incl_tax"), Sum("line_price_incl_tax"))
    )
    return {pk: (before, after) for pk, before, after in rows}


def _mailboxes(batch: Sequence[Any]) -> dict[str, str]:
    """The keyed e-mail of each order, by its number."""
    numbers = [str(order.number) for order in batch]
    known = KnownOrder.objects.filter(order_number__in=numbers).exclude(email_key="")
    return dict(known.values_list("order_number", "email_key"))


def _keys_of(order: Any, mailboxes: dict[str, str]) -> list[str]:
    keys = [f"user {order.user_id}"] if order.user_id else []
    mailbox = mailboxes.get(str(order.number))
    return [*keys, f"mail {mailbox}"] if mailbox else keys


def _first_orders(
    version: ProgramVersion, batch: Sequence[Any], keys: dict[str, str]
) -> dict[int, datetime]:
    """When the customer of each order placed their first one, by account and by e-mail."""
    cancelled = get_model("order", "Order")._default_manager.filter(
        status__in=conf.get().CANCELLED_STATUSES
    )
    known = KnownOrder.objects.all()
    of_accounts = get_model("order", "Order")._default_manager.all()
    if not version.cancelled_orders_count:
        known = known.filter(~Exists(cancelled.filter(number=OuterRef("order_number"))))
        of_accounts = of_accounts.exclude(status__in=conf.get().CANCELLED_STATUSES)
    users = {order.user_id for order in batch if order.user_id}
    by_user: dict[int, datetime] = dict(
        of_accounts.filter(user__in=users)
        .order_by()
        .values_list("user")
        .annotate(Min("date_placed"))
    )
    by_key: dict[str, datetime] = dict(
        known.filter(email_key__in=set(keys.values()))
        .order_by()
        .values_list("email_key")
        .annotate(Min("placed_at"))
    )
    firsts = {}
    for order in batch:
        moments = [
            by_user.get(order.user_id),
            by_key.get(keys.get(str(order.number), "")),
            order.date_placed,
        ]
        firsts[order.pk] = min(moment for moment in moments if moment is not None)
    return firsts
