"""A moment as a person names it: a day, a time on it, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The last minute of a day.
CLOSE_OF_DAY = time(23, 59)
MINUTE = timedelta(minutes=1)
#: Days outside of these can't be counted with in every zone, and no shop has booked on them.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(9990, 12, 31)


class NoSuchTime(ValueError):
    """The clocks of the zone skipped that time on that day."""


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """The end of a minute somewhere: "31 December 23:59 in Kuala Lumpur" means all of that day.

    Where clocks are turned back and show a time twice, the second one is meant. Raises NoSuchTime
    for a time that they skipped, and ValueError for a day that no shop has had.
    """

    day: date
    at: time = CLOSE_OF_DAY
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not FIRST_DAY <= self.day <= LAST_DAY:
            raise ValueError(f"{self.day} is no day of a shop.")
        if _local(self.moment, self.zone) != (self.day, self.at.replace(second=0, microsecond=0)):
            raise NoSuchTime(f"{self.day} {self.at} in {self.zone.key}")

    @property
    def moment(self) -> datetime:
        """The beginning of the minute, in UTC."""
        at = self.at.replace(second=0, microsecond=0, fold=1)
        return datetime.combine(self.day, at, self.zone).astimezone(UTC)

    @property
    def before(self) -> datetime:
        """All that was booked before this belongs to it."""
        return self.moment + MINUTE

    def days_ago(self, days: int) -> datetime:
        """The beginning of the day so many days before, in the zone."""
        return start_of(self.day - timedelta(days=days), self.zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which ``day`` begins in ``zone``, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _local(moment: datetime, zone: ZoneInfo) -> tuple[date, time]:
    local = moment.astimezone(zone)
    return local.date(), local.time().replace(fold=0)
