"""The words that statements are read by, per language."""

from __future__ import annotations

from functools import lru_cache

from oscar_referrals.money import babel_locale
from oscar_referrals.programs.statements.vocabulary import english, malay
from oscar_referrals.programs.statements.vocabulary.base import Vocabulary, Words, of_locale

__all__ = ["Vocabulary", "Words", "vocabulary_for"]

OF_LANGUAGE = {"en": english.WORDS, "ms": malay.WORDS, "id": malay.WORDS}


@lru_cache
def vocabulary_for(language: str) -> Vocabulary:
    """What a language code ("en-gb", "ms", "id-id") is read by."""
    locale = babel_locale(language)
    return of_locale(language, locale, OF_LANGUAGE.get(locale.language, Words()))
