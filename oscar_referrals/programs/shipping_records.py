"""Does the shop record what a hold may begin with: that an order was shipped, or delivered?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oscar.core.loading import get_model

from oscar_referrals import conf


@dataclass(frozen=True, kw_only=True)
class ShippingRecords:
    """What can be known of an order's way to the customer, as far as the default facts go."""

    shipment: bool
    delivery: bool


def shipping_records() -> ShippingRecords:
    """What the shop records now; one query."""
    event_types = get_model("order", "ShippingEventType")._default_manager
    return records_of(event_types.filter(code__in=counted_codes()).values_list("code", flat=True))


def counted_codes() -> set[str]:
    """The codes of event types that say anything."""
    return {*conf.get().SHIPPED_EVENTS, *conf.get().DELIVERED_EVENTS}


def records_of(codes: Iterable[str]) -> ShippingRecords:
    """Whether statuses are named, or Oscar has event types that count, of which ``codes`` are.

    What was delivered was shipped, so whoever records deliveries records shipments as well.
    """
    settings, found = conf.get(), set(codes)
    delivery = bool(settings.DELIVERED_STATUSES or found.intersection(settings.DELIVERED_EVENTS))
    shipment = bool(settings.SHIPPED_STATUSES or found.intersection(settings.SHIPPED_EVENTS))
    return ShippingRecords(shipment=shipment or delivery, delivery=delivery)
