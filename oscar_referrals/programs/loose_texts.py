"""Texts that say in no field which language they are in: mail templates, what members type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

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


def refused_of_all(
    versions: Sequence[ProgramVersion],
    text: str,
    where: str,
    wanted: Callable[[str, Vocabulary], bool] | None = None,
) -> Iterator[tuple[ProgramVersion, Refused]]:
    """What none of ``versions`` bears out, each with the version that comes nearest to it.

    A text that says of no program by name which one it means may mean any: a sentence that one of
    them bears out as a whole is right.
    """
    found = [(version, list(refused_in_text(version, text, where, wanted))) for version in versions]
    sentences_of = [{one.finding.sentence for one in refused} for _version, refused in found]
    if not found:
        return
    for sentence in dict.fromkeys(one.finding.sentence for one in found[0][1]):
        if all(sentence in wrong for wrong in sentences_of):
            in_sentence = [
                (version, [one for one in refused if one.finding.sentence == sentence])
                for version, refused in found
            ]
            version, nearest = min(in_sentence, key=lambda row: len(row[1]))
            yield from ((version, one) for one in nearest)


def meant_by(text: str, versions: Iterable[ProgramVersion]) -> list[ProgramVersion]:
    """Of ``versions`` those whose program ``text`` names; all of them if it names none."""
    known = list(versions)
    lowered = " ".join(text.lower().split())
    named = [
        version for version in known if " ".join(version.program.name.lower().split()) in lowered
    ]
    return named or known


def says_gain(plain: str, vocabulary: Vocabulary) -> bool:
    """In words that are sent with an invitation: whether a sentence says what somebody gets."""
    return mentions_program(plain, vocabulary, goes_on=True)
