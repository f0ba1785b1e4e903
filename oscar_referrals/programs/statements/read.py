"""The statements of a sentence: each figure with what it measures. Pure; no query, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from oscar_referrals.programs.statements.currencies import Signs, signs_for
from oscar_referrals.programs.statements.dates import dates_in
from oscar_referrals.programs.statements.facts import Kind, Statement
from oscar_referrals.programs.statements.numerals import Number, numbers_in
from oscar_referrals.programs.statements.patterns import patterns_of
from oscar_referrals.programs.statements.vocabulary import Vocabulary

NOISE = (
    # Addresses of the net and of mail.
    re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<![\w.])[\w-]+(?:\.[a-z]{2,})+(?:/\S*)?"),
    # Telephone numbers: long, in groups, and never behind a currency.
    re.compile(r"(?<![\w.,$£€])(?:\+\d|\(0|0\d|1[38]00)[\d\s().-]{5,}\d(?![\w%])"),
    # Times of the day, and the number of a point at the beginning of a line.
    re.compile(r"(?<![\d.,:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"),
    re.compile(r"^(?:\(?\d{1,2}[.)]|\([a-z]\))\s|^\d{1,2}(?:\.\d{1,2})+\.?\s(?=[A-Z(])"),
    re.compile(r"#\d+"),
)
CLOCK = re.compile(r"(?<![\d.,:])\d{1,2}[:.]\d{2}(?![\d:.%])")
MONTHS_AND_YEARS = {Decimal(30): Decimal(31), Decimal(90): Decimal(92), Decimal(182): Decimal(184)}
YEAR = Decimal(365)
#: In days: a figure with more digits than can be kept exactly can't be rounded to a place.
FAR_BEYOND = Decimal(10) ** 12
#: Signs before a figure in which the words stand that belong to it.
FURTHEST = 80


def statements_in(
    plain: str,
    vocabulary: Vocabulary,
    own_signs: frozenset[tuple[str, str]] = frozenset(),
    currency: str = "",
    question: str = "",
) -> list[Statement]:
    """Every statement of a plain sentence from left to right.

    ``currency`` is what an amount without a sign is in ("min 150rb"), ``question``
    is the one that the sentence answers: behind "how many", "ten a month" is a limit.

    What names something (a section, a time, an address, a telephone number) and what counts
    nothing that a program has is none.
    """
    reading = _Reading(plain, vocabulary, signs_for(vocabulary, own_signs), currency, question)
    return sorted(reading.statements(), key=lambda statement: statement.start)


@dataclass
class _Reading:
    plain: str
    vocabulary: Vocabulary
    signs: Signs
    currency: str
    question: str

    def statements(self) -> Iterator[Statement]:
        dates = list(dates_in(self.plain, self.vocabulary))
        yield from dates
        spans = [(date.start, date.end) for date in dates]
        spans += [match.span() for noise in NOISE for match in noise.finditer(self.plain)]
        numbers = [
            number
            for number in numbers_in(self.plain, self.vocabulary)
            if not any(start < number.end and number.start < end for start, end in spans)
            and not self._is_name(number)
        ]
        own = [self._own(number) for number in numbers]
        self._take_repeated(numbers, own)
        for position, number in enumerate(numbers):
            statement = own[position]
            if statement is None and position + 1 < len(numbers):
                statement = self._like_next(number, numbers[position + 1], own[position + 1])
            if statement is None and position:
                statement = self._like_previous(numbers[position - 1], number, own[position - 1])
            if statement is not None:
                yield statement
                if statement.is_limit:
                    yield from self._rate_after(statement)
        yield from self._without_number([(number.start, number.end) for number in numbers])

    def _take_repeated(self, numbers: list[Number], own: list[Statement | None]) -> None:
        """ "Fourteen (14) days": what stands in brackets says the number before it once more."""
        for position, (first, second) in enumerate(pairwise(numbers)):
            between = self.plain[first.end : second.start]
            again = re.fullmatch(r"[\s\u00a0]*\([\s\u00a0]*", between)
            if (
                not again
                or first.value != second.value
                or self.plain[second.end : second.end + 1] != ")"
            ):
                continue
            whole = replace(second, start=first.start, end=second.end + 1)
            own[position], own[position + 1] = None, self._own(whole)

    def _before(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """What ends at ``position``; it is a few words at most, so no more is looked through."""
        return pattern.search(self.plain, max(0, position - FURTHEST), position)

    def _is_name(self, number: Number) -> bool:
        """The number of a section, a time of the day, or digits that belong to a word."""
        before = self.plain[max(0, number.start - FURTHEST) : number.start]
        after = self.plain[number.end : number.end + FURTHEST]
        if not number.in_words and re.search(r"[^\W\d_]$", before):
            return not self.signs.before.search(before)
        if not number.in_words and re.match(r"[-/]?[A-Za-z]*\d", after):
            joint = re.match(r"-(?=\d)", after)
            return joint is None
        patterns = patterns_of(self.vocabulary)
        if patterns.reference.search(before) and not self._has_unit(number):
            return True
        return bool(patterns.time.match(self.plain, number.end))

    def _has_unit(self, number: Number) -> bool:
        return self._own(number) is not None

    def _own(self, number: Number) -> Statement | None:
        return (
            self._money(number)
            or self._percent(number)
            or self._duration(number)
            or self._count(number)
        )

    def _money(self, number: Number) -> Statement | None:
        if number.is_ordinal:
            return None
        before = self._before(self.signs.before, number.start)
        after = self.signs.after.match(self.plain, number.end)
        found = before or after
        if found is None:
            return self._money_without_sign(number)
        currency, parts = self.signs.currency(found[1])
        end = number.end if before else found.end()
        return Statement(
            kind=Kind.MONEY,
            start=found.start() if before else number.start,
            end=end,
            value=number.as_money / parts,
            currency=currency,
            any_dollar=found[1] == "$",
        )

    def _money_without_sign(self, number: Number) -> Statement | None:
        """ "25k voucher", "min 150rb": thousands that count no thing are money."""
        patterns = patterns_of(self.vocabulary)
        written = self.plain[number.start : number.end]
        if not self.currency or number.as_money < 1000 or not patterns.thousands.search(written):
            return None
        if patterns.percent.match(self.plain, number.end) or patterns.people.match(
            self.plain, number.end
        ):
            return None
        return Statement(
            kind=Kind.MONEY,
            start=number.start,
            end=number.end,
            value=number.as_money,
            currency=self.currency,
        )

    def _percent(self, number: Number) -> Statement | None:
        match = patterns_of(self.vocabulary).percent.match(self.plain, number.end)
        if match is None:
            return None
        return Statement(kind=Kind.PERCENT, start=number.start, end=match.end(), value=number.value)

    def _duration(self, number: Number) -> Statement | None:
        if number.is_ordinal:
            return None
        for pattern, days in patterns_of(self.vocabulary).units:
            if match := pattern.match(self.plain, number.end):
                more = patterns_of(self.vocabulary).half_more.match(self.plain, match.end())
                many = number.value + (Decimal("0.5") if more else 0)
                shortest, longest = _in_days(many, days)
                return Statement(
                    kind=Kind.DURATION,
                    start=number.start,
                    end=more.end() if more else match.end(),
                    value=shortest,
                    longest=longest,
                    working_days=bool(match["working"] or match["after"]),
                )
        return None

    def _count(self, number: Number) -> Statement | None:
        patterns, end = patterns_of(self.vocabulary), number.end
        if number.value != number.value.to_integral_value() or number.value < 2:
            return None
        if not number.in_words and 1900 <= number.value <= 2100:
            return None
        if number.is_ordinal:
            if number.value < 3 or not self._counts_ordinally(number):
                return None
            return Statement(kind=Kind.COUNT, start=number.start, end=end, value=number.value)
        noun = patterns.counted.match(self.plain, end)
        limited = self._before(patterns.limit_before, number.start)
        rate = patterns.rate.match(self.plain, noun.end() if noun else end)
        asked = bool(self.question and patterns.how_many.search(self.question))
        is_most = patterns.limit_is.match(self.plain, end)
        if noun is None and not (is_most or rate and (limited or asked)):
            return None
        goes_on = noun and patterns.limit_after.match(self.plain, noun.end())
        is_told = limited or rate or goes_on or asked or is_most
        if not (is_told or self._is_rate_around(number)):
            return None
        end = noun.end() if noun else end
        return Statement(
            kind=Kind.COUNT,
            start=number.start,
            end=end,
            value=number.value,
            is_limit=True,
            leads_to_next=bool(
                self._before(patterns.goal_before, number.start)
                or patterns.goal_after.match(self.plain, end)
            ),
        )

    def _is_rate_around(self, number: Number) -> bool:
        """ "Sebulan bisa dapat 100 hadiah": the period stands before, or further behind."""
        clause = re.split(r"[,;:()]\s", self.plain[: number.start])[-1]
        behind = re.split(r"[,;:()]\s", self.plain[number.end :])[0]
        return any(
            pattern.search(part)
            for pattern, _days in patterns_of(self.vocabulary).rates
            for part in (clause, behind)
        )

    def _counts_ordinally(self, number: Number) -> bool:
        patterns = patterns_of(self.vocabulary)
        return bool(
            patterns.ordinal_noun_after.match(self.plain, number.end)
            or self._before(patterns.ordinal_noun_before, number.start)
        )

    def _like_next(
        self, number: Number, following: Number, statement: Statement | None
    ) -> Statement | None:
        """ "10" in "10–20 %": the unit stands behind the other end of the range."""
        if statement is None or number.is_ordinal or not self._is_range(number, following):
            return None
        return self._with_value(statement, number)

    def _like_previous(
        self, previous: Number, number: Number, statement: Statement | None
    ) -> Statement | None:
        """ "20" in "RM 10–20": the sign stands before the other end of the range."""
        if statement is None or number.is_ordinal or statement.kind != Kind.MONEY:
            return None
        return self._with_value(statement, number) if self._is_range(previous, number) else None

    def _is_range(self, first: Number, second: Number) -> bool:
        between = self.plain[first.end : second.start]
        return bool(patterns_of(self.vocabulary).range.fullmatch(between))

    def _with_value(self, other: Statement, number: Number) -> Statement | None:
        value, longest = number.value, Decimal(0)
        if other.kind == Kind.MONEY:
            value = number.as_money
        elif other.kind == Kind.DURATION:
            for pattern, days in patterns_of(self.vocabulary).units:
                if pattern.match(self.plain, self._unit_start(other)):
                    value, longest = _in_days(number.value, days)
        elif other.kind == Kind.COUNT and value < 2:
            return None
        return Statement(
            kind=other.kind,
            start=number.start,
            end=number.end,
            value=value,
            longest=longest,
            currency=other.currency,
            any_dollar=other.any_dollar,
            working_days=other.working_days,
        )

    def _unit_start(self, statement: Statement) -> int:
        for number in numbers_in(self.plain, self.vocabulary):
            if number.start == statement.start:
                return number.end
        return statement.start

    def _rate_after(self, statement: Statement) -> Iterator[Statement]:
        """The period of a limit: "ten rewards a month" also says that it is a month."""
        patterns = patterns_of(self.vocabulary)
        if not patterns.rate.match(self.plain, statement.end):
            return
        for pattern, days in patterns.single_units:
            if match := pattern.match(self.plain, statement.end):
                shortest, longest = _in_days(Decimal(1), days)
                yield Statement(
                    kind=Kind.DURATION,
                    start=match.start(1),
                    end=match.end(),
                    value=shortest,
                    longest=longest,
                    is_rate=True,
                )
                return

    def _without_number(self, taken: list[tuple[int, int]]) -> Iterator[Statement]:
        """ "Half price", and a single period: "valid for a month", "sebulan selepas"."""
        patterns = patterns_of(self.vocabulary)
        for match in patterns.half_price.finditer(self.plain):
            yield Statement(
                kind=Kind.PERCENT, start=match.start(), end=match.end(), value=Decimal(50)
            )
        for pattern, days in patterns.lone_units:
            for match in pattern.finditer(self.plain):
                before = self._before(patterns.span_before, match.start())
                after = patterns.span_after.match(self.plain, match.end())
                if not (before or after) or any(
                    start < match.end() and match.start() < end for start, end in taken
                ):
                    continue
                shortest, longest = _in_days(Decimal(1), days)
                yield Statement(
                    kind=Kind.DURATION,
                    start=match.start(),
                    end=match.end(),
                    value=shortest,
                    longest=longest,
                )


def says_time(plain: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence names a time of the day."""
    return bool(CLOCK.search(plain) or patterns_of(vocabulary).clock.search(plain))


def says_period(plain: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence speaks of a day, a month or a year as of the period of a limit."""
    return any(rate.search(plain) for rate, _days in patterns_of(vocabulary).rates)


def _in_days(number: Decimal, days: Decimal) -> tuple[Decimal, Decimal]:
    """How many days that many units are at least and at most; a month is 28 to 31 days."""
    if days == YEAR:
        return 360 * number, 366 * number
    if days == 30:
        return (Decimal(28) if number == 1 else 30 * number), 31 * number
    if days < 1:
        exact = number * days
        if exact < FAR_BEYOND:
            exact = exact.quantize(Decimal("0.0001")).normalize()
        return exact, exact
    return number * days, number * MONTHS_AND_YEARS.get(days, days)
