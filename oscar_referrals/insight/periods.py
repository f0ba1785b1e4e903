"""A stretch of days and the steps in which it is counted. Plain data, no query and no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone


class Granularity(StrEnum):
    """The step of a report; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def floor(self, day: date) -> date:
        """The first day of the step that ``day`` lies in."""
        if self is Granularity.WEEK:
            return day - timedelta(days=day.weekday())
        if self is Granularity.MONTH:
            return day.replace(day=1)
        return day

    def next(self, day: date) -> date:
        """The first day of the step after the one that begins on ``day``."""
        if self is Granularity.MONTH:
            return (day + timedelta(days=32)).replace(day=1)
        return day + timedelta(days=7 if self is Granularity.WEEK else 1)


@dataclass(frozen=True)
class Period:
    """All days from ``start`` to ``end``, both included, in the current time zone."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts.")

    @property
    def days(self) -> int:
        """How many days the period has; at least one."""
        return (self.end - self.start).days + 1

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The moments between which it lies: the first included, the second not."""
        return midnight(self.start), midnight(self.end + timedelta(days=1))

    @property
    def fitting(self) -> Granularity:
        """The step in which a person would read it: about a dozen to thirty rows."""
        if self.days <= 31:
            return Granularity.DAY
        return Granularity.WEEK if self.days <= 184 else Granularity.MONTH

    def steps(self, granularity: Granularity) -> Iterator[date]:
        """The first day of every step that the period touches, also of those cut off by it."""
        step = granularity.floor(self.start)
        while step <= self.end:
            yield step
            step = granularity.next(step)


def last_days(number: int, today: date) -> Period:
    """The last ``number`` days, today included."""
    return Period(today - timedelta(days=number - 1), today)


def this_month(today: date) -> Period:
    """From the first of this month until today."""
    return Period(today.replace(day=1), today)


def last_month(today: date) -> Period:
    """The whole of the month before this one."""
    end = today.replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end)


def last_twelve_months(today: date) -> Period:
    """This month until today and the eleven whole months before it."""
    first = today.replace(day=1)
    for _month in range(11):
        first = (first - timedelta(days=1)).replace(day=1)
    return Period(first, today)


def midnight(day: date) -> datetime:
    """The moment at which ``day`` begins in the current time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
