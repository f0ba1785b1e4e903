"""A shop that keeps whole pages in Django's cache: nobody sees what another one was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from oscar_referrals.attribution.models import Claim
from oscar_referrals.sharing.links import page_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, publish_again, referral_code
from tests.browser.shopping import open_basket, put_into_basket, spaced
from tests.shop import product

INVITES = "Refer a friend, and both of you get something"
WAITING = "Your discount is waiting: RM {} off your first order"


@pytest.fixture
def live_server(transactional_db: None, settings: Any) -> Iterator[LiveServer]:
    """A server of its own, since middleware is chosen when one starts: Django's cache around all
    pages, and once more around one page, which is kept for everybody."""
    settings.ROOT_URLCONF = "tests.projects.cached_urls"
    settings.MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {
        "AUTOMATIC_PLACEMENTS": ("product", "footer"),
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
    }
    settings.OSCAR_CURRENCY_FORMAT = {"MYR": {"format": "'RM '#,##0.00"}}
    server = LiveServer("localhost")
    yield server
    server.stop()


def test_two_friends_with_two_codes_behind_a_page_cache(open_page: Callable[..., Page]) -> None:
    program = live_program(friend={"value": 3000, "minimum": 0})
    first_code = referral_code(program)
    coffee = product("100.00")
    first = open_page()
    claim(first, page_path(first_code, reverse("start"), program.current_version))
    expect(first.get_by_text(spaced(WAITING.format(30)))).to_be_visible()

    version = publish_again(program, friend={"value": 1000, "minimum": 0})
    second = open_page()
    claim(second, page_path(referral_code(program), reverse("start"), version))
    expect(second.locator("body")).not_to_contain_text(spaced("RM 30"))

    strangers = [open_page(), open_page()]
    made = []
    for stranger in strangers:
        stranger.goto(reverse("start"))
        expect(stranger.get_by_text(INVITES)).to_be_visible()
        made.append(stranger.locator("body").get_attribute("data-made"))
    assert made[0] == made[1], "The page came from no cache"

    # Twice, so that whatever the cache keeps is looked at as well.
    for _again in range(2):
        for page, own, other in ((first, 30, 10), (second, 10, 30)):
            page.goto(coffee.get_absolute_url())
            expect(page.get_by_text(spaced(WAITING.format(own))).first).to_be_visible()
            expect(page.locator("body")).not_to_contain_text(spaced(f"RM {other} off"))
    for page, own in ((first, 30), (second, 10)):
        put_into_basket(page, coffee)
        open_basket(page)
        expect(page.locator("#basket_totals")).to_contain_text(spaced(f"-RM {own}.00"))
    assert Claim.objects.count() == 2
    assert Touch.objects.filter(method=Touch.Method.LINK).count() == 2


def claim(page: Page, address: str) -> None:
    """Follow a link to a page of the shop, and take the discount on the way."""
    page.goto(address)
    page.get_by_role("button", name="Claim").click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
