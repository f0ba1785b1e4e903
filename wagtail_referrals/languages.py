"""Which locale of Wagtail belongs to which language of the program, and the other way round."""

from __future__ import annotations

from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from oscar_referrals import conf


def locale_code(language: str) -> str:
    """The code of Wagtail's locale for a language of the shop ("en" may stand for "en-gb")."""
    try:
        return get_supported_content_language_variant(language)
    except LookupError:
        return language


def language_of(locale: Locale) -> str:
    """The language that a page in ``locale`` speaks: the reader's own, if the locale is for it."""
    spoken = [
        language
        for language in conf.get().languages
        if locale_code(language) == locale.language_code
    ]
    reader = get_language()
    if reader in spoken:
        return reader
    return spoken[0] if spoken else locale.language_code


def languages_by_locale() -> dict[str, str]:
    """Each locale code in which terms are needed, with the first language that it stands for."""
    found: dict[str, str] = {}
    for language in conf.get().languages:
        found.setdefault(locale_code(language), language)
    return found
