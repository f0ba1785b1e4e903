"""An advocate chooses between rewards, without JavaScript, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from oscar_referrals.test.factories import advocate, live_program
from tests.browser.layout import page_width
from tests.browser.shopping import spaced
from tests.shop import customer


def test_choosing_a_reward_without_javascript(
    settings: Any,
    open_page: Callable[..., Page],
    screenshot: Callable[..., Any],
    assert_axe_clean: Callable[..., None],
    viewport: dict[str, int],
) -> None:
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
        "CREDIT_AT_CHECKOUT": True,
    }
    own = {"side": "advocate", "choice": "either"}
    program = live_program(
        advocate=None,
        more=[
            own | {"percent": 20, "maximum": 5000, "minimum": 8000, "validity_days": 90},
            own | {"kind": "credit", "value": 1500, "position": 1},
        ],
    )
    user = customer()
    advocate(program, user=user)
    looking = open_page(user=user, viewport=viewport)
    looking.goto(reverse("referrals:portal"))
    assert page_width(looking) <= viewport["width"]
    assert_axe_clean(looking, ".rf")
    screenshot(looking, f"portal-choice-{viewport['width']}")
    page = open_page(user=user, viewport=viewport, java_script=False)
    page.goto(reverse("referrals:portal"))
    credit = page.get_by_label(spaced("RM 15 of store credit"))
    expect(credit).not_to_be_checked()
    credit.check()
    page.get_by_role("button", name="Save my choice").click()
    expect(page.get_by_label(spaced("RM 15 of store credit"))).to_be_checked()
    expect(page.get_by_text("Saved. Your choice holds")).to_be_visible()
