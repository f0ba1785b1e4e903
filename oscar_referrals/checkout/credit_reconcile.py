"""Orders that were paid with credit, and left something unrecorded because of a fault."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.checkout.credit import credit_source
from oscar_referrals.money import to_minor
from oscar_referrals.rewards.credit.payment import abandon, capture, used_for
from oscar_referrals.rewards.facts import CREDIT_SOURCE
from oscar_referrals.rewards.models import CreditUse
from oscar_referrals.upkeep.claiming import one_by_one
from oscar_referrals.upkeep.progress import Progress

#: A request that places an order is done with it by then.
IN_FLIGHT = timedelta(minutes=15)


def reconcile_credit(*, days: int = 7, now: datetime | None = None) -> Progress:
    """Take what orders of the last ``days`` were placed with, and add the payment sources that
    they lack. What an order was paid without in the end is given back. Each order is a transaction
    of its own. Idempotent, and safe in parallel."""
    moment = now or timezone.now()
    return one_by_one(
        _incomplete(moment, days),
        lambda order: _repair(order, moment),
        subject=lambda order: f"Order {order.number}",
    )


def _incomplete(now: datetime, days: int) -> QuerySet[Any]:
    uses = CreditUse.objects.filter(order_number=OuterRef("number"))
    sources = get_model("payment", "Source").objects.filter(
        order=OuterRef("pk"), source_type__code=CREDIT_SOURCE
    )
    # What was given up for lost keeps its number until it is known that no order comes.
    begun = Exists(uses.filter(state__in=[CreditUse.State.PAYING, CreditUse.State.RELEASED]))
    captured = Exists(uses.filter(state=CreditUse.State.CAPTURED))
    orders = get_model("order", "Order")._default_manager.filter(
        date_placed__gte=now - timedelta(days=days), date_placed__lte=now - IN_FLIGHT
    )
    found: QuerySet[Any] = orders.filter(begun | captured & ~Exists(sources))
    return found


def _repair(order: Any, now: datetime) -> int:
    number = str(order.number)
    whole = to_minor(order.total_incl_tax, order.currency)
    sources = order.sources.select_for_update().filter(source_type__code=CREDIT_SOURCE)
    has_source = sources.exists()
    if not has_source and whole <= _by_other_means(order):
        # After a payment with credit had failed, the shopper paid all of it in another way.
        abandon(order_number=number, now=now)
    else:
        capture(order_number=number, now=now)
    if not has_source and used_for(number):
        source = credit_source(number, min(used_for(number), whole), order.currency)
        source.order = order
        source.save()
    return 1


def _by_other_means(order: Any) -> int:
    """What sources other than credit were asked for, in minor units of the order's currency."""
    others = order.sources.filter(currency=order.currency).exclude(source_type__code=CREDIT_SOURCE)
    amounts = others.values_list("amount_allocated", "amount_debited")
    return to_minor(sum((max(row) for row in amounts), Decimal(0)), order.currency)
