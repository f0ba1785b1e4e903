"""Our part of Wagtail's admin: in either direction of writing, with the keyboard alone, for axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program, referral_code
from tests.browser.conftest import PHONE
from tests.shop import Visitor, customer, pay_in_full, product
from tests.wagtail.website import plant_tree

REPORTS = ("liability", "sharing", "overview")
LISTS = ("programs", "codes", "referrals", "rewards")


@pytest.fixture
def operator() -> Any:
    """Sees everything, in a shop with a program, an order that it brought, and its reward."""
    plant_tree()
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(referral_code(live_program(), user=customer("a.very.long.name@example.com")).code)
    pay_in_full(friend.order("friend@example.com"))
    made = Referral.objects.get()
    settle(made.pk)
    settle(made.pk, now=timezone.now() + timedelta(days=21))
    return customer("operator@example.com", is_staff=True, is_superuser=True)


def fits(page: Page) -> None:
    """Neither the screen nor Wagtail's own frame, which hides what is too wide, is left."""
    page.wait_for_load_state()
    for part in ("html", "main"):
        wide, room = page.locator(part).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room, f"{part} of {page.url}: {wide} > {room}"


def test_lists_reports_and_panel_fit_a_phone_where_people_read_from_the_right(
    operator: Any,
    open_page: Callable[..., Page],
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
    settings: Any,
) -> None:
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    UserProfile.objects.create(user=operator, preferred_language="ar")
    page = open_page(user=operator, viewport=PHONE, color_scheme="dark")
    for address, part in (
        (reverse("wagtailadmin_home"), ".wr-home"),
        *((reverse(f"referral_{name}:index"), "table.listing") for name in LISTS),
        *((reverse(f"wagtail_referrals_report_{name}"), ".wr-report") for name in REPORTS),
    ):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        fits(page)
        assert_axe_clean(page, part)
    # On the last of them, a bar begins where people begin to read.
    bar, chart = (page.locator(f".wr-chart__bar{s}").first.bounding_box() for s in ("", "s"))
    assert bar is not None and chart is not None
    assert abs(bar["x"] + bar["width"] - chart["x"] - chart["width"]) < 1
    screenshot(page, "wagtail-report-rtl-360")


def test_the_report_is_asked_with_the_keyboard_alone(
    operator: Any,
    open_page: Callable[..., Page],
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = open_page(user=operator, color_scheme="light")
    for address, part in (
        (reverse("wagtailadmin_home"), ".wr-home"),
        (reverse("referral_referrals:index"), "table.listing"),
        (reverse("wagtail_referrals_report_overview"), ".wr-report"),
    ):
        page.goto(address)
        fits(page)
        assert_axe_clean(page, part)
    screenshot(page, "wagtail-report-1280", full_page=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Last 7 days"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Last 7 days")).to_have_attribute("aria-current", "true")
    tab_to(page, page.get_by_label("Program"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("Until"))
    tab_to(page, page.get_by_role("button", name="Show"))
    screenshot(page, "wagtail-report-keyboard", full_page=False)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Program").locator("option:checked")).to_have_text("Bring a friend")
    # What a scroll bar would show can be reached as well.
    tab_to(page, page.locator(".wr-report__scroll").first)


def tab_to(page: Page, wanted: Any) -> None:
    """Press Tab until it has the focus; what can't be reached so fails."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not reach {wanted}")
