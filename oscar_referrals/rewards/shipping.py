"""An order's way to the customer: when all of it was shipped, and when all of it was delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from oscar_referrals import conf
from oscar_referrals.programs.shipping_records import counted_codes, records_of
from oscar_referrals.rewards.statuses import since_status

#: A line, how many pieces of it, and when.
Movement = tuple[int, int, datetime]


@dataclass(frozen=True, kw_only=True)
class Way:
    """The part of `OrderFacts` that is about shipping."""

    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    shipment_known: bool = True
    delivery_known: bool = True


def way_of(order: Any) -> Way:
    """What Oscar's shipping events and the order's statuses say of it.

    By events it is shipped when events whose type is in ``SHIPPED_EVENTS`` cover every piece of
    every line, and delivered likewise; a line that was delivered was shipped. By status it is both
    as a whole. An order that Oscar needs not ship was delivered when it was placed.
    """
    if order.shipping_code == get_class("shipping.methods", "NoShippingRequired").code:
        return Way(shipped_at=order.date_placed, delivered_at=order.date_placed)
    settings = conf.get()
    events = _events(order, settings)
    pieces = {}
    if events.shipped or events.delivered:
        pieces = dict(order.lines.filter(quantity__gt=0).values_list("pk", "quantity"))
    line_delivered_at = {
        pk: _covered(pk, number, events.delivered) for pk, number in pieces.items()
    }
    line_shipped_at = {
        pk: _earliest(_covered(pk, number, events.shipped), line_delivered_at[pk])
        for pk, number in pieces.items()
    }
    delivered_at = _earliest(
        _when_all(line_delivered_at), _by_status(order, settings.DELIVERED_STATUSES)
    )
    shipped_at = _earliest(
        _when_all(line_shipped_at), _by_status(order, settings.SHIPPED_STATUSES), delivered_at
    )
    records = records_of(events.codes)
    return Way(
        shipped_at=shipped_at,
        delivered_at=delivered_at,
        shipment_known=records.shipment or shipped_at is not None,
        delivery_known=records.delivery or delivered_at is not None,
    )


@dataclass(frozen=True)
class _Events:
    """The codes that the shop has of those that count, and what went out and arrived by them."""

    codes: set[str]
    shipped: list[Movement]
    delivered: list[Movement]


def _events(order: Any, settings: conf.Settings) -> _Events:
    """Everything about the order's shipping events, in order of time; one query."""
    rows = (
        get_model("order", "ShippingEventType")
        ._default_manager.filter(code__in=counted_codes())
        .annotate(
            of_order=FilteredRelation("shippingevent", condition=Q(shippingevent__order=order))
        )
        .order_by("of_order__date_created", "of_order__pk", "of_order__line_quantities__pk")
        .values_list(
            "code",
            "of_order__line_quantities__line",
            "of_order__line_quantities__quantity",
            "of_order__date_created",
        )
    )
    found = _Events(codes=set(), shipped=[], delivered=[])
    for code, line, number, moment in rows:
        found.codes.add(code)
        if line is not None:
            arrived = code in settings.DELIVERED_EVENTS
            (found.delivered if arrived else found.shipped).append((line, number, moment))
    return found


def _covered(line: int, quantity: int, movements: list[Movement]) -> datetime | None:
    """When the movements first covered all pieces of the line."""
    sums: Counter[int] = Counter()
    for moved, number, moment in movements:
        sums[moved] += number
        if moved == line and sums[line] >= quantity:
            return moment
    return None


def _when_all(lines: dict[int, datetime | None]) -> datetime | None:
    """When the last of the lines had its time; None without lines, or while one has none."""
    moments = [moment for moment in lines.values() if moment is not None]
    return max(moments) if lines and len(moments) == len(lines) else None


def _by_status(order: Any, statuses: Collection[str]) -> datetime | None:
    """Since when one of them was reached. A shop without a history of statuses counts from today's
    look at it, which the reward's row then remembers."""
    reached, since = since_status(order, statuses, ended=())
    if not reached:
        return None
    return since or timezone.now()


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
