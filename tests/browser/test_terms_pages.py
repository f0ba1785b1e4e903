"""The terms page as visitors read it, and as editors write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from oscar_referrals.programs.publish import publish
from tests.browser.layout import page_width
from tests.shop import customer
from tests.wagtail.website import make_program, next_version, plant_tree, write_terms


@pytest.fixture
def pages(settings: Any) -> dict[str, Any]:
    """Live terms pages of a live program, whose second version is being prepared."""
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "TERMS_SOURCE": "wagtail_referrals.terms_source.WagtailTerms",
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
    }
    # Autosave would sometimes cross with a publication; tests/wagtail looks at it by itself.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    plant_tree()
    program = make_program()
    pages = write_terms(program)
    pages["en-gb"].title = "Bring a friend: the terms"
    pages["en-gb"].save_revision().publish()
    publish(version=program.versions.get())
    program.refresh_from_db()
    next_version(program, friend_percent="12")
    return pages


def test_visitors_read_the_terms(
    pages: Any,
    open_page: Callable[..., Any],
    viewport: dict[str, int],
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = open_page(viewport=viewport)
    page.goto("/terms/")
    expect(page.get_by_role("heading", name="What friends get")).to_be_visible()
    expect(page.get_by_text("The friend gets RM\u00a020 off their first order")).to_be_visible()
    assert page_width(page) <= viewport["width"]
    assert_axe_clean(page, ".wr-terms")
    screenshot(page, f"terms-page-{viewport['width']}")

    publish(version=pages["en-gb"].program.versions.get(status="draft"))
    page.get_by_role("link", name="Earlier versions and what changed").click()
    page.get_by_role("link", name="What changed with version 2").click()
    expect(page.get_by_role("insertion").first).to_have_text("12%")
    assert page_width(page) <= viewport["width"]
    assert_axe_clean(page, ".wr-terms")
    screenshot(page, f"terms-changes-{viewport['width']}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_prepares_words_for_the_next_version(
    pages: Any,
    open_page: Callable[..., Any],
    viewport: dict[str, int],
    scheme: str,
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    editor = customer(is_staff=True, is_superuser=True)
    page = open_page(user=editor, viewport=viewport, color_scheme=scheme)
    page.goto(f"/cms/pages/{pages['en-gb'].pk}/edit/")
    sentences = page.locator(".wr-sentences")
    sentences.scroll_into_view_if_needed()
    expect(sentences.get_by_text("RM\u00a020 off their first order").first).to_be_visible()
    sentences.get_by_text("version 2 (in preparation)").click()
    expect(sentences.get_by_text("12% off their first order")).to_be_visible()
    assert_axe_clean(page, ".wr-sentences")
    screenshot(page, f"terms-editor-{scheme}-{viewport['width']}", full_page=False)


def test_an_editor_is_shown_the_figure_that_is_wrong(
    pages: Any, open_page: Callable[..., Any], screenshot: Callable[..., Any]
) -> None:
    page = open_page(user=customer(is_staff=True, is_superuser=True))
    page.goto(f"/cms/pages/{pages['en-gb'].pk}/edit/")
    words = page.locator("[contenteditable=true]").first
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" You save RM 99.")
    # The rich text editor hands its words to the form a moment later.
    page.wait_for_function(
        "[...document.querySelectorAll('input')].some(field => field.value.includes('RM 99'))"
    )
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Publish").click()
    refusal = page.get_by_text("“RM 99” is not what Bring a friend, version 1 says.")
    expect(refusal).to_be_visible()
    refusal.scroll_into_view_if_needed()
    screenshot(page, "terms-editor-refusal", full_page=False)
