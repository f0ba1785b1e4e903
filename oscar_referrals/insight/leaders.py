"""Who brought the most friends, among those who want that to be seen."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate

SHOWN = 20
#: Seconds for which the counts are kept; who may be seen is asked each time.
KEPT = 300


_PARTICIPATES = (
    Q(on_leaderboard=True, alias_hidden_at=None, left_at=None)
    & Q(joined_at__isnull=False)
    & ~Q(alias="")
)


class Place(NamedTuple):
    """One line of the leaderboard. Equal numbers share a place: 1, 1, 3."""

    place: int
    alias: str
    number: int
    advocate: int


def month_start(now: datetime | None = None) -> datetime:
    """The first moment of this month in the shop's time zone."""
    local = timezone.localtime(now)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def leaders(program: int, since: datetime | None = None) -> list[Place]:
    """The first twenty of a program; of all time, or by successful referrals since then.

    Whoever opts out, leaves or is hidden is gone at once: only the numbers are cached.
    """
    counts = _counts(program, since)
    seen = Advocate.objects.filter(pk__in=[pk for pk, _number in counts]).filter(_PARTICIPATES)
    aliases = dict(seen.values_list("pk", "alias"))
    found: list[Place] = []
    shown = [(pk, number) for pk, number in counts if pk in aliases][:SHOWN]
    shown.sort(key=lambda item: (-item[1], aliases[item[0]].casefold()))
    for position, (pk, number) in enumerate(shown, start=1):
        tied = bool(found) and found[-1].number == number
        place = found[-1].place if tied else position
        found.append(Place(place, aliases[pk], number, pk))
    return found


def place_of(advocate: Advocate, since: datetime | None = None) -> Place:
    """The place that the advocate has, or would have by taking part. Two queries."""
    counted = _counted(advocate.program_id, since)
    number = counted.filter(advocate=advocate.pk).count()
    better = (
        _participants(counted)
        .exclude(advocate=advocate.pk)
        .values("advocate")
        .annotate(number=Count("pk"))
        .filter(number__gt=number)
        .order_by()
        .count()
    )
    return Place(better + 1, advocate.alias, number, advocate.pk)


def _counts(program: int, since: datetime | None) -> list[tuple[int, int]]:
    """More than are shown, so that some may opt out before the numbers are fresh again."""
    period = f"{since:%Y-%m-%d}" if since else "all"
    key = f"oscar_referrals:leaders:{program}:{period}"
    cache = caches[conf.get().CACHE_ALIAS]
    found: list[tuple[int, int]] | None = cache.get(key)
    if found is None:
        rows = (
            _participants(_counted(program, since))
            .values("advocate")
            .annotate(number=Count("pk"))
            .order_by("-number", "advocate")[: 3 * SHOWN]
        )
        found = [(row["advocate"], row["number"]) for row in rows]
        cache.set(key, found, KEPT)
    return found


def _counted(program: int, since: datetime | None) -> QuerySet[Referral]:
    counted = Referral.objects.filter(program=program, counted_at__isnull=False)
    return counted.filter(counted_at__gte=since) if since else counted


def _participants(counted: QuerySet[Referral]) -> QuerySet[Referral]:
    return counted.filter(advocate__in=Advocate.objects.filter(_PARTICIPATES))
