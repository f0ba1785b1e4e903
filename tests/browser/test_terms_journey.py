"""An editor's way in Wagtail's admin, from an empty page to words in force and to the next ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from oscar_referrals.members.membership import join
from oscar_referrals.programs.models import ProgramVersion, TermsVersion
from oscar_referrals.programs.publish import PublishRefused, publish
from tests.browser.conftest import DESKTOP, PHONE
from tests.shop import Visitor, customer
from tests.wagtail.website import (
    LANGUAGES,
    home,
    make_program,
    next_version,
    plant_tree,
    rewrite,
    write_page,
)
from wagtail_referrals.groups import permit_editors
from wagtail_referrals.models import ReferralTermsPage

WRONG = "Bring a friend and save RM 99 with us."
WORDS = "Bring a friend and drink coffee with us."


@pytest.fixture
def draft(settings: Any) -> ProgramVersion:
    """A program in preparation, in a shop that takes its terms from pages; no page yet."""
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "TERMS_SOURCE": "wagtail_referrals.terms_source.WagtailTerms",
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
    }
    # Autosave would sometimes cross with a publication; tests/wagtail looks at it by itself.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    plant_tree()
    for language in LANGUAGES:
        home(language)
    return make_program().versions.get()


@pytest.fixture
def editor(draft: ProgramVersion) -> Any:
    """In the ready group for those who write, and may translate; no superuser."""
    group = Group.objects.create(name="Referral editors")
    permit_editors(group, under=home())
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    user = customer("editor@example.com", first_name="Edda")
    user.groups.add(group)
    return user


@pytest.mark.parametrize(
    ("scheme", "screen"), [("light", DESKTOP), ("dark", PHONE)], ids=["1280px", "360px"]
)
def test_from_an_empty_page_to_the_words_of_the_next_version(
    draft: ProgramVersion,
    editor: Any,
    open_page: Callable[..., Page],
    scheme: str,
    screen: dict[str, int],
    assert_axe_clean: Callable[..., None],
    screenshot: Callable[..., Any],
    expected_errors: list[str],
) -> None:
    page = open_page(user=editor, viewport=screen, color_scheme=scheme)
    # What Wagtail's own checks find in a preview, such as a description that is still empty.
    expected_errors.append("axe.run results")
    begin_a_page(page, assert_axe_clean)
    write(page, WRONG)
    preview(page, screenshot)
    publish_is_refused(page, screenshot)
    schedule(page)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
        translate_into_malay(page)
        see_what_is_missing(page, draft, assert_axe_clean)
        see_all_languages_frozen_together(page, draft, screenshot)
        write_for_the_next_version(page, draft)


def begin_a_page(page: Page, assert_axe_clean: Callable[..., None]) -> None:
    """Below the website's first page; the form fits the screen."""
    page.goto(f"/cms/pages/{home().pk}/add_subpage/")
    page.get_by_role("link", name="Referral terms page").first.click()
    page.locator("#id_title").fill("Bring a friend: the terms")
    chosen = page.locator("#id_version")
    expect(chosen.locator("option:checked")).to_have_text(
        "Bring a friend, version 1 (in preparation)"
    )
    box = chosen.bounding_box()
    assert box is not None and box["x"] + box["width"] <= page.viewport_size["width"]
    assert_axe_clean(page, ".wr-sentences")


def write(page: Page, words: str) -> None:
    """A text under "Further terms", which the rich text editor hands on a moment later."""
    field = page.locator("[data-contentpath=own_terms]")
    if not field.locator("[contenteditable=true]").count():
        field.get_by_title("Insert a block").first.click()
        page.get_by_role("option", name="Text").click()
    field.locator("[contenteditable=true]").last.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    expect(field.locator("input[name=own_terms-0-value]")).to_have_value(
        re.compile(re.escape(words))
    )


def preview(page: Page, screenshot: Callable[..., Any]) -> None:
    """Beside the form, and on its own in a new tab."""
    page.locator("[data-side-panel-toggle=preview]").click()
    with page.expect_popup() as tab:
        page.get_by_role("link", name="Preview in new tab").click()
    shown = tab.value
    expect(shown.locator(".wr-terms")).to_contain_text("RM\u00a020 off their first order")
    expect(shown.locator(".wr-terms")).to_contain_text(WRONG)
    expect(shown.get_by_text("Preview: these words with version 1 of the program")).to_be_visible()
    screenshot(shown, f"journey-preview-{page.viewport_size['width']}", full_page=False)
    shown.close()
    page.locator("[data-side-panel-toggle=preview]").click()


def publish_is_refused(page: Page, screenshot: Callable[..., Any]) -> None:
    """The message stands at the words that are wrong, and names their sentence."""
    press(page, "Publish")
    field = page.locator("[data-contentpath=own_terms]")
    refusal = field.get_by_text("“RM 99” is not what Bring a friend, version 1 says.")
    expect(refusal).to_be_visible()
    expect(refusal).to_contain_text(f"It stands in: “{WRONG}”")
    assert not ReferralTermsPage.objects.exists()
    refusal.scroll_into_view_if_needed()
    screenshot(page, f"journey-refused-{page.viewport_size['width']}", full_page=False)


def schedule(page: Page) -> None:
    """The words, put right, are to be published on another day."""
    write(page, WORDS)
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Set schedule").click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.locator("[name=go_live_at]").fill(tomorrow.strftime("%Y-%m-%d %H:%M"))
    # By its key: a moment after the field has the focus a calendar opens and may hide the button.
    page.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.get_by_role("button", name="Edit schedule")).to_be_visible()
    page.locator("[data-side-panel-toggle=status]").click()
    press(page, "Schedule to publish")
    expect(page.get_by_text("has been scheduled for publishing")).to_be_visible()
    assert not ReferralTermsPage.objects.get().live


def translate_into_malay(page: Page) -> None:
    """With Wagtail's own action; the copy knows its program and shows its sentences in Malay."""
    terms = ReferralTermsPage.objects.get()
    assert terms.live and WORDS in terms.own_terms[0].value.source
    page.goto(f"/cms/pages/{terms.pk}/edit/")
    page.locator("header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Translate").click()
    page.get_by_label("Bahasa Melayu").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("was successfully created in Bahasa Melayu")).to_be_visible()
    sentences = page.locator(".wr-sentences ul[lang=ms]").first
    expect(sentences).to_be_attached()
    page.locator("#id_title").fill("Ajak rakan: terma")
    write(page, "Ajak rakan dan minum kopi bersama kami.")
    press(page, "Publish")
    expect(page.get_by_text("These words wait for version 1 of “Bring a friend”")).to_be_visible()
    assert not TermsVersion.objects.exists()


def see_what_is_missing(
    page: Page, draft: ProgramVersion, assert_axe_clean: Callable[..., None]
) -> None:
    """The home page names the language without a page; until it has one nothing is published."""
    with pytest.raises(PublishRefused):
        publish(version=draft)
    page.goto("/cms/")
    panel = page.locator(".wr-home")
    expect(panel.get_by_role("listitem")).to_have_count(1)
    expect(panel).to_contain_text("There is no terms page for “Bring a friend” in Bahasa Indonesia")
    assert_axe_clean(page, ".wr-home")
    write_page(draft, "id")


def see_all_languages_frozen_together(
    page: Page, draft: ProgramVersion, screenshot: Callable[..., Any]
) -> None:
    """The operator publishes the version: each language is frozen, and shown to visitors."""
    publish(version=draft)
    frozen = TermsVersion.objects.filter(version=draft, sequence=1)
    assert sorted(frozen.values_list("language", flat=True)) == sorted(LANGUAGES)
    assert frozen.values("frozen_at").distinct().count() == 1
    malay = ReferralTermsPage.objects.get(locale__language_code="ms")
    page.goto(f"/cms/pages/{malay.pk}/edit/")
    expect(page.locator(".wr-sentences")).to_contain_text("In force now: version 1, edition 1.")
    screenshot(page, f"journey-in-force-{page.viewport_size['width']}", full_page=False)
    page.goto(f"{malay.url}version/1/")
    expect(page.locator(".wr-terms")).to_contain_text("Ajak rakan dan minum kopi bersama kami.")


def write_for_the_next_version(page: Page, draft: ProgramVersion) -> None:
    """They wait for it unseen, and with it the members hear what changes."""
    member = Visitor(customer("farah@example.com"))
    join(program=draft.program, user=member.user, language="en-gb", method="account")
    second = next_version(draft.program, friend_percent="12")
    pages = {page.locale.language_code: page for page in ReferralTermsPage.objects.all()}
    page.goto(f"/cms/pages/{pages['en-gb'].pk}/edit/")
    page.locator("#id_version").select_option("Bring a friend, version 2 (in preparation)")
    write(page, "Bring a friend and drink tea with us.")
    press(page, "Publish")
    expect(page.get_by_text("These words wait for version 2 of “Bring a friend”")).to_be_visible()
    page.goto(pages["en-gb"].url)
    expect(page.locator(".wr-terms")).to_contain_text(WORDS)
    for language in ("ms", "id"):
        rewrite(pages[language], "Kopi atau teh.", version=second)
    publish(version=second)
    page.reload()
    expect(page.locator(".wr-terms")).to_contain_text("Bring a friend and drink tea with us.")
    call_command("referrals_work", verbosity=0)
    [told] = [message for message in mail.outbox if "what changes in the terms" in message.subject]
    assert told.to == ["farah@example.com"]
    assert "12% off their first order" in told.body
    portal = member.get("referrals:portal").content.decode()
    assert "The terms have changed since you accepted them." in portal


def press(page: Page, action: str) -> None:
    """One of the actions behind "Save draft"."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=action, exact=True).click()
