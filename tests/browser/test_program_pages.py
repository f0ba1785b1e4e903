"""A page about the program with its blocks, as a visitor and as a member sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.browser.layout import page_width
from tests.wagtail.website import LANGUAGES, home, plant_tree
from wagtail_referrals.models import ReferralAdvocatePage

QUESTION = {"question": "Where do I find my link?", "answer": "<p>On this page.</p>"}
BLOCKS = [
    ("referral_end_date", {}),
    ("referral_tiers", {"heading": ""}),
    ("referral_testimonial", {"quote": "Now the whole floor orders here.", "name": "Nurul"}),
    ("referral_questions", {"heading": "", "questions": [QUESTION]}),
    ("referral_leaderboard", {"period": "month"}),
    (
        "referral_call_to_action",
        {"heading": "Who comes to mind?", "text": "", "show_offer": True, "button_text": ""},
    ),
]


def a_page() -> Any:
    """RM 15 for each friend, RM 25 each from the fifth on, for six weeks."""
    plant_tree()
    program = live_program(
        friend={"value": 2000, "minimum": 8000},
        advocate={"value": 1500, "tiers": {5: {"currency": "MYR", "value": 2500}}},
        ends_at=_midnight(timezone.localtime() + timedelta(weeks=6)),
    )
    page = ReferralAdvocatePage(
        title="Bring a friend",
        slug="bring",
        locale=home(LANGUAGES[0]).locale,
        opening=[("text", "<p>Tell somebody where your mornings come from.</p>")],
        body=BLOCKS,
    )
    home().add_child(instance=page)
    page.save_revision().publish()
    return program


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def test_a_page_about_the_program_fits_and_is_clean(
    open_page: Callable[..., Page],
    viewport: dict[str, int],
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    member = advocate(a_page())
    code_for(advocate=member)
    for user, name in ((None, "visitor"), (member.user, "member")):
        page = open_page(user=user, viewport=viewport)
        page.goto("/bring/")
        expect(page.locator(".wr-end__left")).to_have_text("In 41 days")
        assert page_width(page) <= viewport["width"]
        assert_axe_clean(page, ".wr-body")
        screenshot(page, f"advocate-page-{name}-{viewport['width']}")
