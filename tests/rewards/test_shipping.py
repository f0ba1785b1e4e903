"""When an order counts as shipped and as delivered, and what the hold makes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.programs import reasons
from oscar_referrals.programs.hold_warnings import hold_warnings
from oscar_referrals.rewards.facts import OrderFacts, order_facts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import draft_version, live_program
from tests.rewards.cases import DAY, order, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def facts(placed: Any) -> OrderFacts:
    return order_facts(get_model("order", "Order").objects.get(pk=placed.pk))


def line(placed: Any, quantity: int = 1) -> Any:
    partner, _created = get_model("partner", "Partner").objects.get_or_create(name="P")
    price = dict.fromkeys(
        (
            "line_price_incl_tax",
            "line_price_excl_tax",
            "line_price_before_discounts_incl_tax",
            "line_price_before_discounts_excl_tax",
        ),
        10,
    )
    return get_model("order", "Line").objects.create(
        order=placed, partner=partner, title="Goods", quantity=quantity, num_allocated=0, **price
    )


def sent(placed: Any, name: str, *parts: tuple[Any, int], days_ago: int = 0) -> datetime:
    """An event of this type for some pieces of some lines; when it was."""
    kind, _created = get_model("order", "ShippingEventType").objects.get_or_create(name=name)
    event = placed.shipping_events.create(event_type=kind)
    moment = NOW - days_ago * DAY
    placed.shipping_events.filter(pk=event.pk).update(date_created=moment)
    for of, quantity in parts:
        event.line_quantities.create(line=of, quantity=quantity)
    return moment


def test_a_shop_that_records_nothing() -> None:
    placed = order()
    line(placed)
    known = facts(placed)
    assert (known.shipped_at, known.delivered_at) == (None, None)
    assert (known.shipment_known, known.delivery_known) == (False, False)


def test_it_is_shipped_with_the_last_piece_of_the_last_line() -> None:
    placed = order()
    one, two = line(placed, 1), line(placed, 3)
    sent(placed, "Shipped", (one, 1), (two, 1), days_ago=5)
    known = facts(placed)
    assert (known.shipped_at, known.shipment_known, known.delivery_known) == (None, True, False)
    last = sent(placed, "Shipped", (two, 2), days_ago=2)
    assert (facts(placed).shipped_at, facts(placed).delivered_at) == (last, None)


def test_what_was_delivered_was_shipped() -> None:
    placed = order()
    one, two = line(placed), line(placed)
    sent(placed, "Shipped", (one, 1), days_ago=5)
    arrived = sent(placed, "Delivered", (two, 1), days_ago=3)
    assert (facts(placed).shipped_at, facts(placed).delivered_at) == (arrived, None)
    last = sent(placed, "Delivered", (one, 1), days_ago=1)
    assert (facts(placed).shipped_at, facts(placed).delivered_at) == (arrived, last)


def test_events_of_other_types_and_other_orders_say_nothing() -> None:
    placed, other = order(), order()
    mine, theirs = line(placed), line(other)
    sent(placed, "Returned", (mine, 1))
    sent(other, "Delivered", (theirs, 1))
    known = facts(placed)
    assert (known.shipped_at, known.shipment_known) == (None, True)


def test_the_shop_names_its_own_event_types(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"SHIPPED_EVENTS": ("left-the-house",)}
    placed = order()
    moment = sent(placed, "Left the house", (line(placed), 1))
    assert facts(placed).shipped_at == moment


def test_a_status_ships_the_whole_order(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {
        "SHIPPED_STATUSES": ("Shipped",),
        "DELIVERED_STATUSES": ("Complete",),
    }
    placed = order()
    line(placed, 2)
    assert (facts(placed).shipped_at, facts(placed).delivery_known) == (None, True)
    placed.status_changes.create(old_status="Pending", new_status="Shipped")
    placed.status_changes.update(date_created=NOW - 4 * DAY)
    placed.status_changes.create(old_status="Shipped", new_status="Complete")
    known = facts(placed)
    assert known.shipped_at == NOW - 4 * DAY
    assert known.delivered_at is not None
    assert known.delivered_at > known.shipped_at


def test_what_needs_no_shipping_is_delivered_with_the_order() -> None:
    placed = order(shipping_code="no-shipping-required")
    known = facts(placed)
    assert known.shipped_at == known.delivered_at == placed.date_placed


def test_the_hold_of_a_referral_begins_with_delivery(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"DELIVERED_STATUSES": ("Complete",)}
    referral = referred(live_program(hold_days=7, hold_from="delivery"))
    pay(referral.order, moment=NOW - 9 * DAY)
    reward = settled(referral)
    assert (reward.state, reward.reason) == (Reward.State.PENDING, reasons.ORDER_NOT_DELIVERED)
    assert referral.rewards.get(pk=reward.pk).hold_until is None
    set_status(referral.order, "Complete")
    reward = settled(referral)
    assert reward.reason == reasons.HOLD
    assert reward.hold_until > NOW + 6 * DAY
    # A shop without a history of statuses: what was seen first stays.
    assert settled(referral, now=NOW + DAY).hold_until == reward.hold_until
    assert settled(referral, now=reward.hold_until).state == Reward.State.AVAILABLE


def test_a_hold_that_nothing_begins_is_warned_of(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {}
    draft = draft_version(hold_from="shipment")
    assert any("SHIPPED_STATUSES" in warning for warning in hold_warnings(draft))
    draft.hold_from = "delivery"
    assert any("DELIVERED_STATUSES" in warning for warning in hold_warnings(draft))
    get_model("order", "ShippingEventType").objects.create(name="Delivered")
    assert not list(hold_warnings(draft))
    draft.hold_from = "payment"
    assert not list(hold_warnings(draft))


def test_what_a_shops_own_function_knows_is_not_guessed(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"ORDER_FACTS": "tests.rewards.test_due.failing_for_some"}
    assert not list(hold_warnings(draft_version(hold_from="delivery")))


@pytest.mark.parametrize(("days", "warned"), [(13, True), (14, False), (30, False)])
def test_a_hold_shorter_than_the_return_window_is_warned_of(
    settings: Any, days: int, warned: bool
) -> None:
    settings.OSCAR_REFERRALS = {"RETURN_DAYS": 14}
    warnings = list(hold_warnings(draft_version(hold_days=days)))
    assert [f"held for {days} days" in text for text in warnings] == [True] * warned
    settings.OSCAR_REFERRALS = {}
    assert not list(hold_warnings(draft_version(hold_days=days)))
