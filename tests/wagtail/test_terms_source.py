"""Terms are frozen for all languages together, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from wagtail.models import Locale

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import PublishRefused, publish
from tests.wagtail.website import (
    LANGUAGES,
    WORDS,
    fresh,
    home,
    next_version,
    rewrite,
    say,
    words,
    write_page,
)


def refusal(version: Any) -> str:
    """What publishing ``version`` is refused with."""
    with pytest.raises(PublishRefused) as refused:
        publish(version=version)
    assert not TermsVersion.objects.filter(version=version).exists()
    return "\n".join(refused.value.problems)


def test_all_languages_are_frozen_together(live: Any) -> None:
    frozen = TermsVersion.objects.filter(version=live.current_version)
    assert {terms.language for terms in frozen} == set(LANGUAGES)
    for terms in frozen:
        assert WORDS[terms.language] in terms.html
        assert WORDS[terms.language] in terms.text
        with override(terms.language):
            for clause in describe(live.current_version):
                assert clause.text in terms.text


def test_frozen_words_carry_nothing_of_the_editor_s_tools(program: Any, pages: Any) -> None:
    page = pages["en-gb"]
    page.own_terms = [("text", '<p data-block-key="x1y2z">Be <b>kind</b>.</p>')]
    page.save_revision().publish()
    publish(version=program.versions.get())
    terms = TermsVersion.objects.get(language="en-gb")
    assert "<p>Be <b>kind</b>.</p>" in terms.html
    assert terms.text.splitlines()[-1] == "Be kind."


def test_a_missing_language_is_named(program: Any, pages: Any) -> None:
    pages["ms"].delete()
    problem = refusal(program.versions.get())
    assert "There is no terms page for “Bring a friend” in Bahasa Melayu" in problem
    assert "English" not in problem


def test_an_unpublished_page_is_named(program: Any, pages: Any) -> None:
    pages["id"].unpublish()
    assert "“Terms id” (Bahasa Indonesia) is not published" in refusal(program.versions.get())


def test_a_page_that_leaves_a_section_empty_is_named(
    settings: Any, program: Any, pages: dict[str, Any]
) -> None:
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "PRIVACY_URL": ""}
    for language in ("en-gb", "id"):
        say(pages[language], privacy="Read our notice.")
    page = say(pages["ms"], privacy=" ")
    problem = refusal(program.versions.get())
    assert (
        "“Terms ms” (Bahasa Melayu) has to say under “Personal data” how personal data" in problem
    )
    assert "Terms id" not in problem
    say(page, privacy="Baca notis kami.")
    publish(version=program.versions.get())
    terms = TermsVersion.objects.get(language="ms")
    assert "Baca notis kami." in terms.html.partition('id="terms-privacy"')[2]


def test_own_words_stand_before_and_after_the_sentences_of_their_section(
    program: Any, pages: Any
) -> None:
    page = pages["en-gb"]
    page.section_words = [("tax", {"before": "<p>Mind this.</p>", "after": "<p>Ask us.</p>"})]
    page.opening = words("Welcome.")
    page.save_revision().publish()
    publish(version=program.versions.get())
    lines = TermsVersion.objects.get(language="en-gb").text.splitlines()
    tax = lines.index("Taxes")
    assert lines[tax + 1] == "Mind this."
    assert lines[tax + 2].startswith("- A reward can be income")
    assert lines[tax + 3] == "Ask us."
    assert lines.index("Welcome.") < lines.index("Who runs the program")
    assert lines.count("Our own terms") == 2


def test_two_live_pages_in_one_language_are_named(program: Any, pages: Any) -> None:
    pages["en-gb"].copy(update_attrs={"slug": "second", "title": "Second"})
    problem = refusal(program.versions.get())
    assert "2 live terms pages in English" in problem
    assert "“Second”" in problem


def test_an_alias_in_another_language_is_no_translation(program: Any, pages: Any) -> None:
    pages["ms"].delete()
    alias = pages["en-gb"].create_alias(
        parent=home("ms"), update_locale=Locale.objects.get(language_code="ms")
    )
    assert fresh(alias).live
    assert "no terms page for “Bring a friend” in Bahasa Melayu" in refusal(program.versions.get())


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("en-gb", "You get RM30.", "You get RM 20."),
        ("ms", "Anda mendapat 30 %.", "Anda mendapat RM20."),
        ("id", "Anda mendapat RM 30.", "Anda mendapat RM 20,00."),
    ],
)
def test_words_that_contradict_the_version_are_refused(
    program: Any, pages: Any, language: str, wrong: str, right: str
) -> None:
    rewrite(pages[language], wrong)
    problem = refusal(program.versions.get())
    assert f"“Terms {language}”" in problem
    assert "which is not a figure of version 1" in problem
    rewrite(pages[language], right)
    publish(version=program.versions.get())


def test_words_in_force_are_kept_when_only_figures_change(live: Any) -> None:
    draft = next_version(live, friend_percent="12")
    publish(version=draft)
    for terms in TermsVersion.objects.filter(version=draft):
        assert WORDS[terms.language] in terms.html
        assert "12" in terms.text
    # And again, from a page that still names the version before the last.
    live.refresh_from_db()
    publish(version=next_version(live, friend_percent="14"))
    assert TermsVersion.objects.count() == 3 * len(LANGUAGES)


def test_kept_words_may_not_contradict_the_new_figures(live: Any, pages: Any) -> None:
    rewrite(pages["en-gb"], "Your friend saves RM 20.")
    problem = refusal(next_version(live, friend_percent="12"))
    assert "“Terms en-gb” (English) says “RM 20”" in problem
    assert "version 2" in problem


def test_words_for_a_draft_wait_for_it_in_all_languages(live: Any, pages: Any) -> None:
    draft = next_version(live, friend_percent="12")
    rewrite(pages["en-gb"], "New words.", version=draft)
    assert not TermsVersion.objects.filter(html__contains="New words.").exists()

    problem = refusal(draft)
    assert "“Terms ms” (Bahasa Melayu) is not prepared for version 2" in problem
    assert "“Terms id” (Bahasa Indonesia) is not prepared for version 2" in problem

    rewrite(pages["ms"], "Kata baharu.", version=draft)
    rewrite(pages["id"], "Kata baru.", version=draft)
    publish(version=draft)
    assert "New words." in TermsVersion.objects.get(version=draft, language="en-gb").html
    assert "Kata baru." in TermsVersion.objects.get(version=draft, language="id").html


def test_words_that_an_editor_has_only_saved_hold_the_version_back(live: Any, pages: Any) -> None:
    draft = next_version(live)
    page = fresh(pages["ms"])
    page.version, page.own_terms = draft, words("Kata baharu.")
    page.save_revision()
    problem = refusal(draft)
    assert "“Terms ms” (Bahasa Melayu) for version 2 are saved but not published" in problem


def test_words_for_a_discarded_draft_have_to_be_looked_at(live: Any, pages: Any) -> None:
    from oscar_referrals.programs.drafts import discard_draft

    draft = next_version(live)
    rewrite(pages["ms"], "Kata baharu.", version=draft)
    discard_draft(version=draft)
    assert fresh(pages["ms"]).version is None
    problem = refusal(next_version(live))
    assert "“Terms ms” (Bahasa Melayu) is not prepared for version 2" in problem


def test_a_shop_with_one_language_needs_one_page(settings: Any, program: Any) -> None:
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "LANGUAGES": ("ms",)}
    write_page(program.versions.get(), "ms")
    publish(version=program.versions.get())
    assert TermsVersion.objects.get().language == "ms"


def test_a_locale_stands_for_the_language_s_variants(settings: Any, program: Any) -> None:
    settings.LANGUAGES = [("en-gb", "British English"), ("en-us", "American English")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES[:1]
    page = write_page(program.versions.get())
    publish(version=program.versions.get())
    assert set(TermsVersion.objects.values_list("language", flat=True)) == {"en-gb", "en-us"}
    with override("en-us"):
        assert page.terms_in_force().language == "en-us"
    with override("ms"):
        assert page.terms_in_force().language == "en-gb"
