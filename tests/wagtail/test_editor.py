"""The page editor shows what the rules say, previews it, and refuses what can't be published."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import publish
from tests.wagtail.website import WORDS, fresh, home, next_version, say, write_page
from wagtail_referrals.models import ReferralTermsPage


def form(
    version: Any,
    text: str = "Be kind.",
    *,
    opening: str = "",
    sections: dict[str, str] | None = None,
    **extra: str,
) -> dict[str, str]:
    """What the page editor sends."""
    said = [
        (key, {"before": rich_text(f"<p>{said}</p>"), "after": rich_text("")})
        for key, said in (sections or {}).items()
    ]
    own = [("text", rich_text(f"<p>{text}</p>"))] if text else []
    first = [("text", rich_text(f"<p>{opening}</p>"))] if opening else []
    data = {
        "title": "Terms",
        "slug": "terms",
        "version": str(version.pk) if version else "",
        "opening": streamfield(first),
        "section_words": streamfield(said),
        "own_terms": streamfield(own),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0},
    }
    return {**nested_form_data(data), **extra}


def create(editor: Any, data: dict[str, str], language: str = "en-gb") -> Any:
    address = reverse(
        "wagtailadmin_pages:add", args=["wagtail_referrals", "referraltermspage", home(language).pk]
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        return editor.post(address, data, follow=True)


def edit(editor: Any, page: Any, data: dict[str, str]) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        return editor.post(address, data, follow=True)


def said(response: Any) -> str:
    return "\n".join(str(message) for message in response.context["messages"])


def test_a_page_is_created_and_published(editor: Any, program: Any) -> None:
    create(editor, form(program.versions.get(), **{"action-publish": "1"}))
    page = ReferralTermsPage.objects.get()
    assert page.live
    assert page.program == program


def test_a_draft_may_be_incomplete_but_is_not_published(
    editor: Any, program: Any, settings: Any
) -> None:
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "MINIMUM_AGE": None}
    version = program.versions.get()
    create(editor, form(version))
    page = ReferralTermsPage.objects.get()
    assert not page.live
    answer = edit(editor, page, form(version, **{"action-publish": "1"}))
    assert answer.context["form"].errors["section_words"] == [
        "Add words at “Who may take part” that say from which age and in which countries people "
        "may take part."
    ]
    assert "Add words at" in answer.content.decode()
    assert not fresh(page).live
    said = {"joining": "From 18 years on, in Malaysia."}
    edit(editor, page, form(version, sections=said, **{"action-publish": "1"}))
    assert fresh(page).live


def test_wrong_figures_are_refused_where_they_stand(editor: Any, program: Any) -> None:
    data = form(program.versions.get(), opening="You both save RM 45!", **{"action-publish": "1"})
    answer = create(editor, data)
    errors = answer.context["form"].errors["opening"].as_data()[0].block_errors
    assert errors[0].messages[0].startswith("“RM 45” is not what Bring a friend, version 1 says.")
    assert r"\u201cRM 45\u201d is not what Bring a friend" in answer.content.decode()
    assert not ReferralTermsPage.objects.filter(live=True).exists()


def test_wrong_figures_are_refused_at_the_sections_too(editor: Any, program: Any) -> None:
    said = {"tax": "Up to RM 45 are free."}
    data = form(program.versions.get(), sections=said, **{"action-publish": "1"})
    errors = create(editor, data).context["form"].errors["section_words"].as_data()
    assert "RM 45" in errors[0].block_errors[0].messages[0]


def test_a_second_page_in_one_language_is_refused(editor: Any, program: Any) -> None:
    version = program.versions.get()
    write_page(version)
    data = form(version, **{"action-publish": "1"}) | {"slug": "second"}
    answer = create(editor, data)
    assert "“Terms en-gb” is already the terms page of “Bring a friend”" in answer.content.decode()
    assert ReferralTermsPage.objects.filter(live=True).count() == 1
    create(editor, data, language="ms")
    assert ReferralTermsPage.objects.filter(live=True).count() == 2


def test_without_a_program_the_editor_is_told_where_to_begin(editor: Any) -> None:
    address = reverse(
        "wagtailadmin_pages:add", args=["wagtail_referrals", "referraltermspage", home().pk]
    )
    assert "There is no program yet" in editor.get(address).content.decode()
    assert create(editor, form(None)).status_code == 200
    assert not ReferralTermsPage.objects.exists()


def test_the_editor_reads_the_sentences_of_the_draft_in_the_page_s_language(
    editor: Any, live: Any, pages: Any
) -> None:
    next_version(live, friend_percent="12.5")
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[pages["en-gb"].pk]))
    content = shown.content.decode()
    assert "Bring a friend, version 2 (in preparation)" in content
    assert "12.5%" in content
    assert "In force now: version 1, edition 1." in content
    assert (
        "12,5"
        in editor.get(reverse("wagtailadmin_pages:edit", args=[pages["id"].pk])).content.decode()
    )


def test_sentences_are_the_page_s_language_and_what_is_missing_is_the_editor_s(
    editor: Any, program: Any, settings: Any
) -> None:
    page = write_page(program.versions.get(), "ms")
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "MINIMUM_AGE": None}
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert '<h3 lang="ms" dir="ltr">' in shown
    assert '<ul lang="ms" dir="ltr">' in shown
    assert "Your own words at this section have to say from which age and in which" in shown


def test_a_page_with_old_words_offers_the_current_version(
    editor: Any, live: Any, pages: Any
) -> None:
    current = publish(version=next_version(live))
    page = fresh(pages["en-gb"])
    assert page.version.number == 1
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(address).context["form"]["version"].value() == current.pk


@pytest.mark.parametrize("mode", ["prepared", "in_force"])
def test_both_previews(editor: Any, live: Any, pages: Any, mode: str) -> None:
    draft = next_version(live, friend_percent="12")
    page = pages["en-gb"]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = editor.post(address, form(draft, "Words to come."))
    assert answer.json()["is_valid"], answer.json()
    shown = editor.get(f"{address}?mode={mode}").content.decode()
    if mode == "prepared":
        assert "Words to come." in shown
        assert "12%" in shown
        assert "Preview: these words with version 2 of the program" in shown
    else:
        assert "Words to come." not in shown
        assert WORDS["en-gb"] in shown


def test_the_preview_shows_each_version_and_what_would_change(
    editor: Any, live: Any, pages: Any
) -> None:
    draft, page = next_version(live, friend_percent="12"), pages["en-gb"]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, form(draft, "Words to come.")).json()["is_valid"]
    current = editor.get(f"{address}?mode=version-{live.current_version_id}").content.decode()
    assert "Words to come." in current
    assert "12%" not in current
    assert "12%" in editor.get(f"{address}?mode=version-{draft.pk}").content.decode()
    changes = editor.get(f"{address}?mode=changes").content.decode()
    assert "<ins>12%</ins>" in changes
    assert "Words to come." in changes
    names = [name for name, _label in fresh(page).preview_modes]
    assert names == [
        "prepared",
        f"version-{draft.pk}",
        f"version-{live.current_version_id}",
        "changes",
        "in_force",
    ]


def test_the_preview_marks_figures_in_own_words_for_the_content_checker(
    editor: Any, live: Any, pages: Any
) -> None:
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[pages["en-gb"].pk])
    data = form(live.current_version, "You save MYR 20, or 12 % of it. Ask within 14 days.")
    editor.post(address, data)
    shown = editor.get(address).content.decode()
    marked = re.findall(r'<mark data-wr-figure="">([^<]+)</mark>', shown)
    assert marked == ["MYR 20", "12 %"]
    page = reverse("wagtailadmin_pages:edit", args=[pages["en-gb"].pk])
    assert "referral-figure-in-own-words" in editor.get(page).content.decode()
    other = reverse("wagtailadmin_pages:edit", args=[home().pk])
    assert "referral-figure-in-own-words" not in editor.get(other).content.decode()


def test_a_new_page_can_be_previewed(editor: Any, program: Any) -> None:
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["wagtail_referrals", "referraltermspage", home().pk],
    )
    answer = editor.post(address, form(program.versions.get(), "Words to come."))
    assert answer.json()["is_valid"], answer.json()
    assert "Words to come." in editor.get(address).content.decode()


def test_the_editor_is_told_what_publishing_did(editor: Any, live: Any, pages: Any) -> None:
    now = {"action-publish": "1"}
    answer = edit(editor, pages["en-gb"], form(live.current_version, "Be kind.", **now))
    assert "These words are in force now" in said(answer)
    assert TermsVersion.objects.filter(language="en-gb").count() == 2

    answer = edit(editor, pages["en-gb"], form(next_version(live), "Be kinder.", **now))
    assert "These words wait for version 2 of “Bring a friend”" in said(answer)
    assert TermsVersion.objects.filter(language="en-gb").count() == 2


def test_a_comment_at_a_section_is_kept_and_not_frozen(editor: Any, live: Any, pages: Any) -> None:
    data = form(live.current_version, "Be kind.", sections={"tax": "Ask us."})
    data |= {
        "section_words-0-id": "6f1c1d9e-2f0d-4f0e-9a59-0d3d1f0c5b1a",
        "comments-TOTAL_FORMS": "1",
        "comments-0-user": str(get_user_model().objects.get(is_superuser=True).pk),
        "comments-0-contentpath": "section_words.6f1c1d9e-2f0d-4f0e-9a59-0d3d1f0c5b1a.after",
        "comments-0-text": "Ask counsel first.",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-id": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    edit(editor, pages["en-gb"], data)
    page = fresh(pages["en-gb"])
    assert [comment.text for comment in page.wagtail_admin_comments.all()] == ["Ask counsel first."]
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Ask counsel first." in shown
    assert "counsel" not in TermsVersion.objects.get(language="en-gb", sequence=2).html


def test_the_editor_is_told_when_another_language_holds_the_words_back(
    editor: Any, live: Any, pages: Any, settings: Any
) -> None:
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "PRIVACY_URL": ""}
    data = form(
        live.current_version,
        "Be kind.",
        sections={"privacy": "Read our notice."},
        **{"action-publish": "1"},
    )
    answer = edit(editor, pages["en-gb"], data)
    assert "These words are not in force yet: The terms page “Terms ms”" in said(answer)
    assert TermsVersion.objects.filter(language="en-gb").count() == 1


def test_a_page_is_translated_with_its_program(live: Any, pages: Any) -> None:
    from wagtail.models import Locale

    page = say(pages["en-gb"], tax="Ask us.")
    copy = page.copy_for_translation(Locale.objects.create(language_code="fr"), copy_parents=True)
    assert copy.program == live
    assert copy.section_words[0].value["after"].source == "<p>Ask us.</p>"
    assert not copy.live
