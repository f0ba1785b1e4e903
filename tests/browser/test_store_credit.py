"""Store credit and free delivery in a browser: from the gift to what the account says of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from oscar.core.loading import get_class, get_model
from playwright.sync_api import Page, expect

from oscar_referrals.checkout.credit import pay_with_credit
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.give import give
from oscar_referrals.test.factories import live_program
from tests.browser.layout import page_width
from tests.browser.shopping import (
    open_basket,
    place_order,
    put_into_basket,
    sign_in,
    spaced,
    to_preview,
)
from tests.rewards.cases import available
from tests.shop import country, customer, delivery_costs, product

PaymentDetailsView: Any = get_class("checkout.views", "PaymentDetailsView")
#: What a finger hits, in CSS pixels.
TOUCH_TARGET = 44
TARGETS = "button, a.rf-button, label.rf-check, summary, .rf-field__value"


def take_payment(view: Any, order_number: Any, total: Any, **kwargs: Any) -> None:
    """The documented hook, and a card for the rest."""
    rest = pay_with_credit(view, order_number, total)
    card, _created = get_model("payment", "SourceType").objects.get_or_create(name="Card")
    view.add_payment_source(
        get_model("payment", "Source")(
            source_type=card,
            currency=rest.currency,
            amount_allocated=rest.incl_tax,
            amount_debited=rest.incl_tax,
        )
    )


@pytest.fixture(autouse=True)
def shop(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "CREDIT_AT_CHECKOUT": True,
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
    }
    settings.OSCAR_CURRENCY_FORMAT = {"MYR": {"format": "'RM '#,##0.00"}}
    monkeypatch.setattr(PaymentDetailsView, "handle_payment", take_payment)
    country()


@pytest.fixture
def look(
    screenshot: Callable[..., Any],
    assert_axe_clean: Callable[..., None],
    viewport: dict[str, int],
) -> Callable[..., None]:
    """Keep a picture of a page that fits the screen and whose region fits fingers and axe."""

    def look(page: Page, name: str, region: str) -> None:
        assert page_width(page) <= viewport["width"], name
        for target in page.locator(f"{region} :is({TARGETS})").all():
            box = target.bounding_box()
            # Not what stands in a part that is folded.
            if box is not None and box["height"]:
                assert box["height"] >= TOUCH_TARGET, f"{name}: {target.inner_html()}"
        assert_axe_clean(page, region)
        screenshot(page, f"{name}-{viewport['width']}")

    return look


def customer_with_credit() -> Any:
    """RM 30 by the shop, without having joined."""
    owner = customer("aminah@example.com", first_name="Aminah")
    give(
        program=live_program(hold_days=0),
        user=owner,
        amount=3000,
        currency="MYR",
        actor=customer(is_staff=True),
        note="Late parcel",
        customer_note="Sorry for the wait.",
    )
    return owner


def test_a_part_is_paid_with_credit(
    open_page: Callable[..., Page], viewport: dict[str, int], look: Callable[..., None]
) -> None:
    owner = customer_with_credit()
    page = open_page(viewport=viewport)
    page.goto(f"{reverse('customer:login')}?next={reverse('referrals:portal')}")
    sign_in(page, owner)
    wallet = page.get_by_role("region", name="My store credit")
    expect(wallet).to_contain_text(spaced("RM 30"))
    gift = page.get_by_role("region", name="Other rewards of mine")
    expect(gift).to_contain_text("The shop writes: Sorry for the wait.")
    expect(gift).not_to_contain_text("Late parcel")
    look(page, "wallet-full", ".rf")

    put_into_basket(page, product("80.00"))
    open_basket(page)
    panel = page.get_by_role("region", name="Store credit")
    expect(panel).to_contain_text(spaced("You have RM 30 of store credit"))
    look(page, "credit-basket", ".rf-basket")
    panel.get_by_label("Amount").fill("31")
    panel.get_by_role("button", name="Use my credit").click()
    expect(page.locator("#messages")).to_contain_text(spaced("You have RM 30 of store credit"))
    panel.get_by_label("Amount").fill("12.50")
    panel.get_by_role("button", name="Use my credit").click()
    expect(panel).to_contain_text(spaced("RM 12.50 of store credit will be used, RM 67.50 to pay"))
    look(page, "credit-basket-used", ".rf-basket")

    to_preview(page)
    expect(panel).to_contain_text(spaced("RM 12.50 of store credit will be used, RM 67.50 to pay"))
    look(page, "credit-preview", ".rf-basket")
    order = place_order(page)
    expect(page.get_by_text("Paid with store credit")).to_be_visible()

    page.goto(reverse("referrals:portal"))
    expect(wallet).to_contain_text(spaced("RM 17.50"))
    expect(wallet).to_contain_text(spaced(f"RM 12.50 for order {order}"))
    expect(gift).to_contain_text(spaced("RM 17.50 of your RM 30 is left to use."))
    look(page, "wallet-used", ".rf")
    placed = get_model("order", "Order").objects.get(number=order)
    assert placed.total_incl_tax == Decimal("80.00")
    assert audit() == []


def test_credit_is_chosen_on_the_last_page_and_removed_again(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    owner = customer_with_credit()
    page = open_page(user=owner, viewport=viewport)
    put_into_basket(page, product("20.00"))
    open_basket(page)
    to_preview(page)
    panel = page.get_by_role("region", name="Store credit")
    panel.get_by_role("button", name="Use my credit").click()
    expect(panel).to_contain_text(spaced("RM 20 of store credit will be used, RM 0 to pay"))
    panel.get_by_role("button", name="Remove").click()
    expect(panel).to_contain_text(spaced("You have RM 30 of store credit"))
    place_order(page)
    page.goto(reverse("referrals:portal"))
    wallet = page.get_by_role("region", name="My store credit")
    expect(wallet).to_contain_text(spaced("RM 30"))
    expect(wallet).not_to_contain_text("for order")
    assert audit() == []


def test_free_delivery_is_used_with_one_tap(
    open_page: Callable[..., Page],
    viewport: dict[str, int],
    look: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    delivery_costs(monkeypatch, "8.00")
    side = {"maximum": 1000, "validity_days": 90}
    reward = available(live_program(hold_days=0, advocate=None, advocate_delivery=side))
    page = open_page(user=reward.owner, viewport=viewport)
    put_into_basket(page, product("50.00"))
    open_basket(page)
    panel = page.get_by_role("region", name="Referral discounts")
    expect(panel).to_contain_text("You have a reward: free delivery")
    look(page, "delivery-basket", ".rf-basket")
    panel.get_by_role("button", name="Use my reward").click()
    expect(page.locator("#messages")).to_contain_text("delivery")
    to_preview(page)
    expect(page.locator("#basket_totals")).to_contain_text(spaced("RM 50.00"))
    order = place_order(page)
    placed = get_model("order", "Order").objects.get(number=order)
    assert placed.total_incl_tax == Decimal("50.00")
    call_command("referrals_work", verbosity=0)
    page.goto(reverse("referrals:portal"))
    expect(page.get_by_text("You used your free delivery")).to_be_visible()
    look(page, "delivery-used", ".rf")
    assert audit() == []
