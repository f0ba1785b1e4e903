"""Which locale of Wagtail belongs to which language of the program, and the other way round."""

from __future__ import annotations

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
    """The language whose terms a page in ``locale`` carries."""
    for language in conf.get().languages:
        if locale_code(language) == locale.language_code:
            return language
    return locale.language_code
