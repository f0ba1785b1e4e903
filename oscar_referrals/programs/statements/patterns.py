"""The patterns of a language, made once of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.units import format_unit

from oscar_referrals.programs.statements.vocabulary import Vocabulary

GAP = r"[\s\u00a0-]*"


@dataclass(frozen=True)
class Patterns:
    percent: re.Pattern[str]
    half_price: re.Pattern[str]
    units: tuple[tuple[re.Pattern[str], Decimal], ...]
    single_units: tuple[tuple[re.Pattern[str], Decimal], ...]
    lone_units: tuple[tuple[re.Pattern[str], Decimal], ...]
    span_before: re.Pattern[str]
    span_after: re.Pattern[str]
    rate: re.Pattern[str]
    range: re.Pattern[str]
    counted: re.Pattern[str]
    limit_before: re.Pattern[str]
    limit_after: re.Pattern[str]
    goal_before: re.Pattern[str]
    goal_after: re.Pattern[str]
    #: Periods of a limit wherever they stand: "a month", "sebulan".
    rates: tuple[tuple[re.Pattern[str], Decimal], ...]
    how_many: re.Pattern[str]
    limit_is: re.Pattern[str]
    thousands: re.Pattern[str]
    people: re.Pattern[str]
    half_more: re.Pattern[str]
    ordinal_noun_after: re.Pattern[str]
    ordinal_noun_before: re.Pattern[str]
    reference: re.Pattern[str]
    time: re.Pattern[str]
    clock: re.Pattern[str]


@lru_cache
def patterns_of(words: Vocabulary) -> Patterns:
    never = r"(?!)"

    def compiled(pattern: str, needed: str) -> re.Pattern[str]:
        return re.compile(pattern if needed else never, re.I)

    units = {**_units_of_locale(words), **words.units}
    filler = f"(?:(?:{words.unit_fillers})[\\s\u00a0]+)*" if words.unit_fillers else ""
    working = words.working or never
    either = "|".join(words.single_units)
    return Patterns(
        percent=re.compile(rf"{GAP}(?:{words.percent or '%'})(?!\w)", re.I),
        half_price=compiled(rf"(?<!\w)(?:{words.half_price})(?!\w)", words.half_price),
        units=tuple(
            (
                re.compile(
                    rf"{GAP}{filler}(?:(?P<working>{working})[\s\u00a0]+)?(?:{unit})"
                    rf"(?:[\s\u00a0]+(?P<after>{working}))?(?!\w)",
                    re.I,
                ),
                days,
            )
            for unit, days in units.items()
        ),
        single_units=tuple(
            (re.compile(rf"[\s\u00a0]+(?:in )?({unit})(?!\w)", re.I), days)
            for unit, days in words.single_units.items()
        ),
        lone_units=tuple(
            (re.compile(rf"(?<!\w)(?:{unit})(?!\w)", re.I), days)
            for unit, days in words.single_units.items()
        ),
        span_before=compiled(rf"(?<!\w)(?:{words.span_before})[\s\u00a0]+$", words.span_before),
        span_after=compiled(rf"[\s\u00a0]+(?:{words.span_after})(?!\w)", words.span_after),
        rate=compiled(
            rf"[\s\u00a0]+(?:(?:in )?(?:{either})|(?:{words.rate_before})[\s\u00a0]+\d*[\s\u00a0]*"
            rf"(?:{'|'.join(units)}))(?!\w)",
            either,
        ),
        range=re.compile(
            rf"[\s\u00a0]*(?:-|/|(?:{words.range_words or never}))[\s\u00a0]*"
            r"(?:RM|Rp\.?|£|€|S?\$)?[\s\u00a0]*",
            re.I,
        ),
        counted=compiled(
            rf"[\s\u00a0-]+(?:\w+[\s\u00a0]+){{0,2}}?(?:{words.counted})(?!\w)", words.counted
        ),
        limit_before=compiled(
            rf"(?<!\w)(?:{words.limit_before})[\s\u00a0]+(?:[\w']+[\s\u00a0]+){{0,1}}$",
            words.limit_before,
        ),
        limit_after=compiled(rf"[\s\u00a0]+(?:{words.limit_after})(?!\w)", words.limit_after),
        goal_before=compiled(rf"(?<!\w)(?:{words.goal_before})[\s\u00a0]+$", words.goal_before),
        goal_after=compiled(rf"[\s\u00a0]+(?:{words.goal_after})(?!\w)", words.goal_after),
        rates=tuple(
            (re.compile(rf"(?<!\w)(?:{unit})(?!\w)", re.I), days)
            for unit, days in words.single_units.items()
        ),
        how_many=compiled(rf"(?<!\w)(?:{words.how_many})", words.how_many),
        limit_is=compiled(rf"[\s\u00a0]+(?:{words.limit_is})(?!\w)", words.limit_is),
        thousands=compiled(
            rf"(?:{'|'.join(words.digit_multipliers)})$", "".join(words.digit_multipliers)
        ),
        people=compiled(
            rf"[\s\u00a0-]+(?:(?!(?:{words.meant_for or never})[\s\u00a0])\w+[\s\u00a0]+)?"
            rf"(?:{words.people})(?!\w)",
            words.people,
        ),
        half_more=compiled(rf"[\s\u00a0]+(?:{words.half_more})(?!\w)", words.half_more),
        ordinal_noun_after=compiled(
            rf"[\s\u00a0]+(?:\w+[\s\u00a0]+){{0,1}}(?:{words.counted_ordinally})(?!\w)",
            words.counted_ordinally,
        ),
        ordinal_noun_before=compiled(
            rf"(?<!\w)(?:{words.counted_ordinally})[\s\u00a0]+(?:(?:yang|anda|mereka|berjaya)[\s\u00a0]+)*$",
            words.counted_ordinally,
        ),
        reference=compiled(
            rf"(?<!\w)(?:{words.reference_before})[\s\u00a0]*"
            r"(?:[\d.,]+(?:,| and| dan| to|-)[\s\u00a0]*)*$",
            words.reference_before,
        ),
        clock=compiled(rf"\d[\s\u00a0]*(?:{words.time_after})(?!\w)", words.time_after),
        time=compiled(rf"[\s\u00a0]*(?:{words.time_after})(?!\w)", words.time_after),
    )


def _units_of_locale(words: Vocabulary) -> dict[str, Decimal]:
    """CLDR's names of the units, for languages without words of their own."""
    found: dict[str, Decimal] = {}
    lengths = {"day": 1, "week": 7, "month": 30, "year": 365}
    for unit, days in lengths.items():
        written = (
            format_unit(number, f"duration-{unit}", locale=words.locale) for number in (1, 2, 5)
        )
        names = {re.sub(r"[\d\s\u00a0]+", " ", name).strip() for name in written}
        found["|".join(re.escape(name) for name in sorted(names) if name)] = Decimal(days)
    return found
