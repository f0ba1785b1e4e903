"""Sentences as people type them to each other, in the words that the vocabulary knows."""

from __future__ import annotations

import re
from functools import lru_cache

from oscar_referrals.programs.statements.plain import Sentence
from oscar_referrals.programs.statements.vocabulary import Vocabulary


def in_full(sentence: Sentence, vocabulary: Vocabulary) -> Sentence:
    """The sentence with short and everyday forms ("ur", "temen") written out.

    Each sign still knows where it came from, so that findings quote what was written.
    """
    if not vocabulary.spoken:
        return sentence
    plain, origin, end = [], [], 0
    for match in _pattern(vocabulary).finditer(sentence.plain):
        full = vocabulary.spoken[match[0].lower()]
        plain += [sentence.plain[end : match.start()], full]
        places = sentence.origin[match.start() : match.end()]
        origin += [*sentence.origin[end : match.start()]]
        origin += [places[min(at, len(places) - 1)] for at in range(len(full) - 1)] + [places[-1]]
        end = match.end()
    if not end:
        return sentence
    plain.append(sentence.plain[end:])
    origin += sentence.origin[end:]
    return Sentence("".join(plain), tuple(origin), sentence.text)


@lru_cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(vocabulary.spoken, key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{forms})(?![\w'])", re.I)
