"""The website around the terms pages: a page tree, a program, and an editor's words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase
from wagtail.models import Locale, Page, Site

from oscar_referrals.programs.drafts import draft_of
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.test.factories import draft_version
from wagtail_referrals.models import ReferralTermsPage

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
WORDS = {
    "en-gb": "Rimba Pagi runs this program. Please share your link with people you know.",
    "ms": "Rimba Pagi menjalankan program ini. Sila kongsikan pautan dengan kenalan anda.",
    "id": "Rimba Pagi menyelenggarakan program ini. Bagikan tautan kepada orang yang Anda kenal.",
}


def plant_tree() -> None:
    """Root page, locales, a home page and a site, where they are missing."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    first = locales[LANGUAGES[0]]
    page_type = ContentType.objects.get_for_model(Page)
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(
            instance=Page(title="Root", slug="root", content_type=page_type, locale=first)
        )
    if not Site.objects.exists():
        home = Page(title="Home", slug="front", locale=first)
        root.add_child(instance=home)
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    Site.clear_site_root_paths_cache()


def home(language: str = LANGUAGES[0]) -> Page:
    """The home page in a language, made by translating the first one."""
    original = Site.objects.get().root_page
    locale = Locale.objects.get(language_code=language)
    if original.locale == locale:
        return original
    translated = original.get_translation_or_none(locale)
    if translated is None:
        translated = original.copy_for_translation(locale)
        translated.save_revision().publish()
    return translated


def make_program() -> Program:
    """A draft program: RM 20 off from RM 80 for the friend, RM 15 voucher for the advocate."""
    return draft_version(advocate={"value": 1500, "minimum": 5000, "validity_days": 90}).program


def next_version(program: Program, *, friend_percent: str | None = None) -> ProgramVersion:
    """A draft of the next version, with a percentage for the friend if one is given."""
    if friend_percent is None:
        return draft_of(program=program)
    return draft_version(program=program, friend={"percent": friend_percent, "minimum": 8000})


def words(text: str) -> list[tuple[str, str]]:
    """``text`` as the blocks of a terms page."""
    return [("heading", "Our own terms"), ("text", f"<p>{text}</p>")]


def write_page(
    version: ProgramVersion, language: str = LANGUAGES[0], text: str | None = None, **fields: Any
) -> ReferralTermsPage:
    """A live terms page for ``version`` in ``language``."""
    page = ReferralTermsPage(
        title=f"Terms {language}",
        slug="terms",
        locale=Locale.objects.get(language_code=language),
        version=version,
        program=version.program,
        own_terms=words(WORDS[language] if text is None else text),
        **fields,
    )
    home(language).add_child(instance=page)
    page.save_revision().publish()
    return fresh(page)


def write_terms(program: Program, version: ProgramVersion | None = None) -> dict[str, Any]:
    """Live terms pages in every language."""
    version = version or program.versions.get()
    return {language: write_page(version, language) for language in LANGUAGES}


def rewrite(page: Any, text: str, *, version: ProgramVersion | None = None) -> Any:
    """Publish the page with other words, for another version if one is given."""
    page = fresh(page)
    page.own_terms = words(text)
    if version is not None:
        page.version = version
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return fresh(page)


def say(page: Any, **sections: str) -> Any:
    """Publish the page with these words after the sentences of these sections, and no others."""
    page = fresh(page)
    page.section_words = [
        (key, {"before": "", "after": f"<p>{text}</p>"}) for key, text in sections.items()
    ]
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return fresh(page)


def fresh(page: Any) -> Any:
    """The page as the database has it."""
    return type(page).objects.get(pk=page.pk)
