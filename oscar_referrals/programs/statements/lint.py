"""The findings in a text: statements about the program that are none of its facts."""

from __future__ import annotations

from dataclasses import dataclass

from oscar_referrals.programs.statements.about import is_about_program
from oscar_referrals.programs.statements.agree import agrees, is_in_role
from oscar_referrals.programs.statements.facts import Facts, Kind
from oscar_referrals.programs.statements.plain import sentences
from oscar_referrals.programs.statements.read import statements_in
from oscar_referrals.programs.statements.right import right_figures
from oscar_referrals.programs.statements.roles import roles_of
from oscar_referrals.programs.statements.vocabulary import vocabulary_for


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One statement that is refused: the figure as it was written, in its sentence."""

    kind: Kind
    figure: str
    sentence: str
    #: What the program does say of this kind, the nearest first, as the language writes it.
    right: tuple[str, ...] = ()
    #: The program has the figure, but for something else than the sentence says.
    is_swapped: bool = False


def contradictions_in(text: str, facts: Facts, language: str) -> list[Finding]:
    """What ``text`` says about the program that is none of ``facts``; each figure once a sentence.

    Pure. ``language`` decides how numbers, dates and words are read.
    """
    vocabulary = vocabulary_for(language)
    found: dict[Finding, None] = {}
    question = ""
    for sentence in sentences(text):
        beside = statements_in(sentence.plain, vocabulary, facts.signs)
        for statement in beside:
            is_known = agrees(statement, facts, beside)
            roles = roles_of(statement, beside, sentence.plain, vocabulary, question)
            if is_known and is_in_role(statement, facts, roles):
                continue
            if is_about_program(statement, sentence.plain, vocabulary, facts):
                finding = Finding(
                    kind=statement.kind,
                    figure=sentence.written(statement.start, statement.end),
                    sentence=sentence.whole,
                    right=right_figures(statement, facts, language, roles),
                    is_swapped=is_known,
                )
                found[finding] = None
        question = sentence.plain if sentence.plain.endswith("?") else ""
    return list(found)
