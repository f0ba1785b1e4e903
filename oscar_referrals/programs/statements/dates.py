"""Dates in a sentence, as far as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from oscar_referrals.programs.statements.facts import Kind, Statement, Written
from oscar_referrals.programs.statements.vocabulary import Vocabulary

ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
SHORT = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/.-])")


def dates_in(plain: str, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Every date, also "31 December" without its year and "June 2027" without its day."""
    for match in ISO.finditer(plain):
        year, month, day = (int(part) for part in match.groups())
        yield from _statement(match, [(day, month, year)])
    for match in NUMERIC.finditer(plain):
        one, _, two, digits = match.groups()
        year = int(digits) + (2000 if len(digits) == 2 else 0)
        readings = [(int(one), int(two), year)]
        if vocabulary.month_first:
            readings = [(int(two), int(one), year)]
        yield from _statement(match, readings)
    for match in SHORT.finditer(plain):
        if _date_before(vocabulary).search(plain, 0, match.start()):
            one, two = int(match[1]), int(match[2])
            yield from _statement(
                match, [(two, one, 0) if vocabulary.month_first else (one, two, 0)]
            )
    for match in _ends_of_year(vocabulary).finditer(plain):
        yield _statement_of(match, Written(day=31, month=12))
    taken: list[tuple[int, int]] = []
    for pattern in _named(vocabulary):
        for match in pattern.finditer(plain):
            if _is_name(match) and not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                groups = match.groupdict()
                month = vocabulary.months[groups["month"].lower()]
                written = (int(groups.get("day") or 0), month, int(groups.get("year") or 0))
                yield from _statement(match, [written])


def _statement(match: re.Match[str], readings: list[tuple[int, int, int]]) -> Iterator[Statement]:
    dates = tuple(
        Written(day=day or None, month=month, year=year or None)
        for day, month, year in readings
        if 1 <= month <= 12 and 0 <= day <= 31
    )
    if dates:
        yield _statement_of(match, *dates)


def _statement_of(match: re.Match[str], *dates: Written) -> Statement:
    return Statement(kind=Kind.DATE, start=match.start(), end=match.end(), dates=dates)


def _is_name(match: re.Match[str]) -> bool:
    """A month and not the verb "may": a capital, or a year behind it."""
    month = match["month"]
    return month[0].isupper() or bool(match.groupdict().get("year"))


@lru_cache
def _named(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(vocabulary.months, key=len, reverse=True))
    month = rf"(?P<month>{names})\.?"
    day = r"(?<![\d.,/])(?P<day>\d{1,2})(?:st|nd|rd|th|hb)?"
    of = f"(?:(?:{vocabulary.day_before_month})[ \u00a0]+)?" if vocabulary.day_before_month else ""
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    gap = r"[ \u00a0]+"
    return (
        re.compile(rf"{day}[ \u00a0-]*{of}{month}(?!\w)(?:,?[ \u00a0-]+{year})?", re.I),
        re.compile(
            rf"(?<!\w){month}{gap}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w.%])(?:,?{gap}{year})?",
            re.I,
        ),
        re.compile(rf"(?<!\w){month},?{gap}{year}", re.I),
    )


@lru_cache
def _ends_of_year(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.ends_of_year
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.I)


@lru_cache
def _date_before(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.date_before
    return re.compile(rf"(?<!\w)(?:{words})[\s\u00a0]+$" if words else r"(?!)", re.I)
