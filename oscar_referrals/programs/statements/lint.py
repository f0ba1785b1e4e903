"""The findings in a text: statements about the program that are none of its facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from oscar_referrals.programs.statements.about import is_about_program, speaks_of_goods
from oscar_referrals.programs.statements.absence import denials_in, still_limited
from oscar_referrals.programs.statements.agree import agrees, is_in_role
from oscar_referrals.programs.statements.examples import Amount, dates_worked_out, worked_out
from oscar_referrals.programs.statements.facts import Facts, Kind, Role, Statement
from oscar_referrals.programs.statements.numerals import numbers_in
from oscar_referrals.programs.statements.plain import Sentence, sentences
from oscar_referrals.programs.statements.read import says_period, says_time, statements_in
from oscar_referrals.programs.statements.right import right_figures
from oscar_referrals.programs.statements.roles import (
    is_condition,
    roles_of,
    says_wind_down,
    says_wind_down_until,
)
from oscar_referrals.programs.statements.spoken import in_full
from oscar_referrals.programs.statements.unclaimed import is_unclaimed
from oscar_referrals.programs.statements.vocabulary import Vocabulary, vocabulary_for


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
    read = [in_full(sentence, vocabulary) for sentence in sentences(text)]
    before: _Reading | None = None
    following = [_Reading.of(sentence, facts, vocabulary, language) for sentence in read[:1]]
    for position in range(len(read)):
        current = following.pop()
        if position + 1 < len(read):
            question = current.sentence.plain if current.is_question else ""
            after = _Reading.of(read[position + 1], facts, vocabulary, language, question)
            following.append(after)
        found |= dict.fromkeys(current.findings(before, following[0] if following else None))
        before = current
    return list(found)


@dataclass(frozen=True)
class _Reading:
    """A sentence, what it states, and what it is read by."""

    sentence: Sentence
    statements: list[Statement]
    facts: Facts
    vocabulary: Vocabulary
    language: str
    #: The question that the sentence answers, if it does.
    question: str

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        facts: Facts,
        vocabulary: Vocabulary,
        language: str,
        question: str = "",
    ) -> _Reading:
        currency = next(iter(facts.amounts)) if len(facts.amounts) == 1 else ""
        stated = statements_in(sentence.plain, vocabulary, facts.signs, currency, question)
        return cls(sentence, stated, facts, vocabulary, language, question)

    @property
    def is_question(self) -> bool:
        return self.sentence.plain.endswith("?")

    def findings(self, before: _Reading | None, after: _Reading | None) -> Iterator[Finding]:
        """What the sentence says that is none of the facts, beside those next to it."""
        plain, facts, vocabulary = self.sentence.plain, self.facts, self.vocabulary
        answer = after if self.is_question else None
        worked = self._worked_out(before, answer)
        dated = dates_worked_out(self.statements, facts, says_time(plain, vocabulary))
        for statement in self.statements:
            if (
                statement.start in worked
                or statement.start in dated
                or is_unclaimed(
                    statement, plain, vocabulary, facts, answer.sentence.plain if answer else ""
                )
            ):
                continue
            is_known = agrees(statement, facts, self.statements) or self._is_late(statement)
            is_placed = self._is_late(statement) or not self._is_end_of_wind_down(statement)
            roles = roles_of(statement, self.statements, plain, vocabulary, facts, self.question)
            if is_known and is_placed and is_in_role(statement, facts, roles):
                continue
            context = before.sentence.plain if before else ""
            if is_about_program(statement, plain, vocabulary, facts, context):
                yield self._finding(statement, roles, is_swapped=is_known)
        if not (self.is_question or speaks_of_goods(plain, vocabulary)):
            said = before.sentence.plain if before else ""
            for statement, denied in denials_in(plain, vocabulary, facts, self.question, said):
                if not self._limits(statement):
                    yield self._finding(statement, denied)

    def _worked_out(self, before: _Reading | None, answer: _Reading | None) -> frozenset[int]:
        amounts = list(self._amounts(is_here=True))
        times = dict(self._times())
        for beside in (before, answer):
            if beside is not None and amounts:
                amounts += beside._amounts(is_here=False)
                times = {**dict.fromkeys(value for value, _start in beside._times()), **times}
        return worked_out(amounts, times, self.facts)

    def _amounts(self, *, is_here: bool) -> Iterator[Amount]:
        for one in self.statements:
            if one.kind == Kind.MONEY:
                is_least = is_condition(one, self.statements, self.sentence.plain, self.vocabulary)
                yield Amount(one, is_least, is_here)

    def _times(self) -> Iterator[tuple[Decimal, int | None]]:
        """How often something is given: the numbers that measure nothing, and a limit's."""
        measured = [(one.start, one.end) for one in self.statements if one.kind != Kind.COUNT]
        for number in numbers_in(self.sentence.plain, self.vocabulary):
            if not any(start <= number.start < end for start, end in measured):
                yield number.value, number.start
        if says_period(self.sentence.plain, self.vocabulary):
            yield from ((one.value, None) for one in self.facts.roles if one.role == Role.LIMIT)

    def _limits(self, denial: Statement) -> bool:
        """ "As many as you like, but five vouchers a year": what is denied is then limited."""
        return denial.kind == Kind.COUNT and any(
            one.kind == Kind.COUNT
            and one.is_limit
            and still_limited(self.vocabulary).search(self.sentence.plain, denial.end, one.start)
            for one in self.statements
        )

    def _is_late(self, statement: Statement) -> bool:
        """The end of the wind-down, in words about it."""
        return agrees(statement, Facts(dates=self.facts.late_dates)) and says_wind_down(
            f"{self.question} {self.sentence.plain}", self.vocabulary
        )

    def _is_end_of_wind_down(self, statement: Statement) -> bool:
        return (
            statement.kind == Kind.DATE
            and bool(self.facts.late_dates)
            and says_wind_down_until(statement, self.sentence.plain, self.vocabulary)
        )

    def _finding(
        self, statement: Statement, roles: frozenset[Role], *, is_swapped: bool = False
    ) -> Finding:
        facts = self.facts
        if self._is_end_of_wind_down(statement):
            facts = Facts(dates=frozenset({min(facts.late_dates)}))
        return Finding(
            kind=statement.kind,
            figure=self.sentence.written(statement.start, statement.end),
            sentence=self.sentence.whole,
            right=right_figures(statement, facts, self.language, roles),
            is_swapped=is_swapped,
        )
