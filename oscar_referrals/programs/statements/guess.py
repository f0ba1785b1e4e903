"""In which of the shop's languages a sentence is written. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from oscar_referrals.programs.statements.vocabulary import vocabulary_for


def guessed_language(plain: str, languages: Sequence[str]) -> str:
    """The language that most of its small words are of; of equals the first of ``languages``."""
    found = {language: len(_small_words(language).findall(plain)) for language in languages}
    return max(languages, key=lambda language: found[language])


@lru_cache
def _small_words(language: str) -> re.Pattern[str]:
    words = vocabulary_for(language).small_words
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.I)
