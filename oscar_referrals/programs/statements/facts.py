"""What a statement is, and what the facts are that it may agree with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a figure measures."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    DATE = "date"
    COUNT = "count"
    #: No figure: a claim that no terms may make.
    PHRASE = "phrase"


class Role(StrEnum):
    """What a figure is in a program, and in a sentence about it."""

    #: What the friend and the advocate get.
    FRIEND = "friend"
    ADVOCATE = "advocate"
    #: What the friend's order has to come to, and what an advocate has to spend to use a voucher.
    MINIMUM = "minimum"
    OWN_MINIMUM = "own_minimum"
    #: The most that one discount comes to.
    MAXIMUM = "maximum"
    #: Caps of a person or of the program, and its budget.
    LIMIT = "limit"
    HOLD = "hold"
    #: How long a link is remembered, and a claim is kept.
    WINDOW = "window"
    #: How long a reward can be used.
    VALIDITY = "validity"
    #: How long claims are honoured after the program's end.
    WIND_DOWN = "wind_down"
    #: When the program is over.
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Played:
    """A figure of a version together with what it is there; the same figure may be several."""

    role: Role
    kind: Kind
    #: Major units, per cent, days or a number; 0 for a date.
    value: Decimal = Decimal(0)
    currency: str = ""


class Form(StrEnum):
    """As what a side gets it: one word for it may tell whose it is."""

    #: Less to pay for the order that brings it.
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    CREDIT = "credit"


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What a side gets for an order, so that an example can be worked out again. Major units."""

    role: Role
    form: Form
    currency: str
    #: Either an amount, or a share of the order.
    value: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    maximum: Decimal | None = None

    def of_order(self, total: Decimal) -> Decimal:
        """What an order of ``total`` brings; nothing below the minimum."""
        if total < self.minimum:
            return Decimal(0)
        worth = min(self.value, total) if self.value else total * self.percent / 100
        return worth if self.maximum is None else min(worth, self.maximum)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A date as far as it is written: any part may be missing but the month."""

    month: int
    day: int | None = None
    year: int | None = None

    def covers(self, day: date) -> bool:
        """Whether ``day`` is (or lies in) what is written."""
        return (
            self.month == day.month
            and self.day in (None, day.day)
            and self.year in (None, day.year)
        )


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One figure in a sentence."""

    kind: Kind
    #: Where it stands in the plain sentence.
    start: int
    end: int
    #: Major units, per cent, days or a number; 0 for a date.
    value: Decimal = Decimal(0)
    currency: str = ""
    #: A bare "$" may be any dollar.
    any_dollar: bool = False
    #: The other end of what a month or a year may be in days.
    longest: Decimal = Decimal(0)
    #: The ways in which a date can be read; any of them may be right.
    dates: tuple[Written, ...] = ()
    #: Days that are no days of the calendar: no rule counts in them.
    working_days: bool = False
    #: The period of a limit: "a month" in "ten rewards a month".
    is_rate: bool = False
    #: A number that is told to be a limit or a goal.
    is_limit: bool = False
    #: "After four" also says what begins with the fifth.
    leads_to_next: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The figures of one version by what they measure: all that a statement may say."""

    #: By currency, in major units.
    amounts: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    percentages: frozenset[Decimal] = frozenset()
    days: frozenset[int] = frozenset()
    #: In days, the periods that limits are counted in: true only beside an amount or a number.
    periods: frozenset[int] = frozenset()
    counts: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()
    #: Until when claims are honoured: true only in words about that.
    late_dates: frozenset[date] = frozenset()
    #: What the amounts, percentages and durations are. Where a figure has none here, it is not
    #: asked what a sentence says it is.
    roles: frozenset[Played] = frozenset()
    #: What each side gets for an order.
    gains: frozenset[Gain] = frozenset()
    #: The shop's own signs, as (currency, sign).
    signs: frozenset[tuple[str, str]] = frozenset()
