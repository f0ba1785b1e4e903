"""What a member accepted stays what it was, while the program goes on to another version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from oscar.core.loading import get_model
from playwright.sync_api import Page, expect

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import TermsAcceptance
from oscar_referrals.money import format_day, format_deadline
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import publish
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import draft_version
from tests.browser.conftest import PHONE
from tests.browser.layout import page_width
from tests.browser.shopping import spaced
from tests.shop import Visitor, customer, pay_in_full, product
from tests.wagtail.website import LANGUAGES, make_program, plant_tree, rewrite, write_terms

PORTAL = "referrals:portal"


@pytest.fixture
def terms(settings: Any) -> dict[str, Any]:
    """The live terms pages of a live program: RM 20 off for friends, RM 15 back at once."""
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "TERMS_SOURCE": "wagtail_referrals.terms_source.WagtailTerms",
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
    }
    plant_tree()
    program = make_program()
    program.versions.update(hold_days=0)
    pages = write_terms(program)
    publish(version=program.versions.get())
    return pages


def test_the_receipt_and_the_old_referral_outlive_another_version(
    terms: dict[str, Any],
    open_page: Callable[..., Page],
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    member = customer("farah@example.com", first_name="Farah")
    page = open_page(user=member, viewport=PHONE)
    page.goto(reverse(PORTAL))
    page.get_by_role("button", name="Accept the terms and get my link").click()
    expect(page.locator("#rf-code")).to_be_visible()
    before = read_the_receipt(page)
    accepted = TermsAcceptance.objects.get().terms
    frozen = (bytes(accepted.html, "utf-8"), bytes(accepted.text, "utf-8"), accepted.sha256)
    assert frozen[0] in before["page"]
    assert spaced("RM 15").search(before["words"])

    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(ReferralCode.objects.get().code)
    order = friend.order("friend@example.com")

    second = change_the_program(terms)
    pay_in_full(get_model("order", "Order").objects.get(pk=order.pk))
    call_command("referrals_work", verbosity=0)
    call_command("referrals_work", verbosity=0)
    assert Referral.objects.get().version.number == 1
    assert dict(Reward.objects.values_list("side", "amount")) == {"advocate": 1500, "friend": 2000}
    assert audit() == []

    hear_of_the_change(page, second, assert_axe_clean, screenshot)
    page.goto(reverse(PORTAL))
    expect(page.get_by_text(spaced("Your RM 15 is ready to use."))).to_be_visible()

    # Byte for byte, on the page and in the row, and in the words that stand on the screen.
    assert read_the_receipt(page) == before
    accepted = TermsVersion.objects.get(pk=accepted.pk)
    assert frozen == (bytes(accepted.html, "utf-8"), bytes(accepted.text, "utf-8"), accepted.sha256)
    print_the_receipt(page, screenshot)

    page.goto(reverse("referrals:terms-change"))
    page.get_by_role("button", name="Accept the new terms").click()
    expect(page.locator(".rf-terms")).to_contain_text("Rimba Pagi grows, and so does this program.")
    page.get_by_role("link", name="All terms that I accepted").click()
    expect(page.get_by_role("link", name="Open the receipt")).to_have_count(2)
    page.get_by_role("link", name="Open the receipt").last.click()
    assert page.locator(".rf-terms").inner_text() == before["words"]


def read_the_receipt(page: Page) -> dict[str, Any]:
    """The only receipt, by the links that a member follows: its bytes and its words."""
    page.goto(reverse("referrals:receipts"))
    with page.expect_response("**/terms/accepted/*/") as answer:
        page.get_by_role("link", name="Open the receipt").click()
    expect(page.get_by_role("heading", level=1, name="Receipt for accepted terms")).to_be_visible()
    return {"page": answer.value.body(), "words": page.locator(".rf-terms").inner_text()}


def change_the_program(terms: dict[str, Any]) -> Any:
    """Version 2 has other figures for both sides, and other words in every language."""
    second = draft_version(
        program=terms["en-gb"].program,
        friend={"percent": "12", "minimum": 8000},
        advocate={"value": 700, "validity_days": 60},
        hold_days=0,
        wind_down_days=10,
    )
    for language in LANGUAGES:
        rewrite(terms[language], "Rimba Pagi grows, and so does this program.", version=second)
    return publish(version=second)


def hear_of_the_change(
    page: Page,
    second: Any,
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    """In one mail, and on the account page, which leads to all that differs."""
    [told] = [message for message in mail.outbox if "what changes in the terms" in message.subject]
    page.goto(reverse(PORTAL))
    expect(page.locator(".rf-notice")).to_contain_text("The terms have changed since")
    page.get_by_role("link", name="See what changes").click()
    first = second.program.versions.get(number=1)
    until = first.superseded_at + timedelta(days=first.wind_down_days)
    shown = page.locator(".rf").first
    for said in (
        format_day(second.published_at),
        format_deadline(until),
        "Rewards that you have earned, or that wait, stay as they were promised.",
        "RM 20",
        "12%",
        "RM 15",
        "RM 7",
    ):
        expect(shown).to_contain_text(spaced(said))
        assert spaced(said).search(told.body), said
    assert page_width(page) <= PHONE["width"]
    assert_axe_clean(page, ".rf")
    screenshot(page, "terms-change-360")


def print_the_receipt(page: Page, screenshot: Callable[..., Any]) -> None:
    """The button opens the browser's own dialog, whose file has the words and no buttons."""
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(page.locator(".rf-terms")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF-")
    screenshot(page, "receipt-printed")
    page.emulate_media(media="screen")
