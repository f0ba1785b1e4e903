"""Orders that were paid with credit, and left something unrecorded because of a fault."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.checkout.credit import credit_source
from oscar_referrals.money import to_minor
from oscar_referrals.rewards.credit_payment import capture, used_for
from oscar_referrals.rewards.facts import CREDIT_SOURCE
from oscar_referrals.rewards.models import CreditUse

logger = logging.getLogger(__name__)

#: A request that places an order is done with it by then.
IN_FLIGHT = timedelta(minutes=15)


def reconcile_credit(*, days: int = 7, now: datetime | None = None) -> tuple[int, int]:
    """Take what orders of the last ``days`` were placed with, and add the payment sources that
    they lack: (repaired, failed). Each order is a transaction of its own. Idempotent."""
    moment = now or timezone.now()
    repaired = failed = 0
    for order in _incomplete(moment, days):
        try:
            with transaction.atomic():
                _repair(order, moment)
            repaired += 1
        except Exception:
            failed += 1
            logger.exception("The credit of order %s could not be reconciled", order.number)
    return repaired, failed


def _incomplete(now: datetime, days: int) -> list[Any]:
    uses = CreditUse.objects.filter(order_number=OuterRef("number"))
    sources = get_model("payment", "Source").objects.filter(
        order=OuterRef("pk"), source_type__code=CREDIT_SOURCE
    )
    paying = Exists(uses.filter(state=CreditUse.State.PAYING))
    captured = Exists(uses.filter(state=CreditUse.State.CAPTURED))
    orders = get_model("order", "Order")._default_manager.filter(
        date_placed__gte=now - timedelta(days=days), date_placed__lte=now - IN_FLIGHT
    )
    return list(orders.filter(paying | captured & ~Exists(sources)).order_by("pk"))


def _repair(order: Any, now: datetime) -> None:
    number = str(order.number)
    capture(order_number=number, now=now)
    sources = order.sources.select_for_update().filter(source_type__code=CREDIT_SOURCE)
    if sources.exists():
        return
    whole = to_minor(order.total_incl_tax, order.currency)
    source = credit_source(number, min(used_for(number), whole), order.currency)
    source.order = order
    source.save()
