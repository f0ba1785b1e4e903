"""Which sentences of a text that is about much else speak of the program at all. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from oscar_referrals.programs.statements.plain import Sentence, sentences
from oscar_referrals.programs.statements.vocabulary import Vocabulary, vocabulary_for


def sentences_about_program(text: str, language: str) -> str:
    """The sentences of ``text`` that speak of referrals, each on a line; all others are left out.

    One that names a referral, an invitation or its reward does; one that names friends where it
    also says that somebody gets something; and what somebody gets right after such a sentence, in
    the same paragraph. A language without words of its own has none.
    """
    vocabulary = vocabulary_for(language)
    found: list[str] = []
    before: Sentence | None = None
    for sentence in sentences(text):
        follows = before is not None and "\n" not in text[before.origin[-1] : sentence.origin[0]]
        if mentions_program(sentence.plain, vocabulary, goes_on=follows):
            found.append(sentence.whole)
            before = sentence
        else:
            before = None
    return "\n".join(found)


def mentions_program(plain: str, vocabulary: Vocabulary, *, goes_on: bool = False) -> bool:
    """Whether a plain sentence speaks of the program; ``goes_on``: the one before it does."""
    names, people, gains = _patterns(vocabulary)
    if names.search(plain):
        return True
    return bool(gains.search(plain)) and (goes_on or bool(people.search(plain)))


@lru_cache
def _patterns(
    words: Vocabulary,
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    first, second, third = (
        re.compile(rf"(?<!\w)(?:{pattern})" if pattern else r"(?!)", re.I)
        for pattern in (words.names_program, words.names_people, words.says_gain)
    )
    return first, second, third
