"""Texts that say in no field which language they are in: mail templates, what members type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import Refused, contradictions
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.statements.guess import guessed_language
from oscar_referrals.programs.statements.mentions import mentions_program
from oscar_referrals.programs.statements.plain import sentences
from oscar_referrals.programs.statements.vocabulary import Vocabulary, vocabulary_for


def refused_in_text(
    version: ProgramVersion,
    text: str,
    where: str,
    wanted: Callable[[str, Vocabulary], bool] | None = None,
) -> Iterator[Refused]:
    """What ``version`` does not bear out in ``text``, each sentence read in its own language.

    ``wanted`` says which sentences are read (default: all).
    """
    by_language: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences(text):
        language = guessed_language(sentence.plain, conf.get().languages)
        if wanted is None or wanted(sentence.plain, vocabulary_for(language)):
            by_language[language].append(sentence.whole)
    for language, lines in by_language.items():
        for finding in contradictions(version, "\n".join(lines), language):
            yield Refused(finding=finding, where=where, language=language)


def says_gain(plain: str, vocabulary: Vocabulary) -> bool:
    """In words that are sent with an invitation: whether a sentence says what somebody gets."""
    return mentions_program(plain, vocabulary, goes_on=True)
