"""How much of what is handed out is never used, measured on what had its full time.

Only rewards whose whole validity has passed are counted: those that are younger have not had the
chance to expire, and counting them would say that everything is used. What was withdrawn is left
out, because it was not the owner who let it go. Measured on postings and on the frozen rules of the
versions, so that the same moment gives the same rate for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from oscar_referrals.money import percentage
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting

Kind = LedgerAccount.Kind

#: With fewer rewards than that a rate says nothing.
ENOUGH = 30
#: What a reward that was handed out has become, or still is.
OUTCOMES = (
    Kind.AVAILABLE.value,
    Kind.RESERVED.value,
    Kind.REDEEMED.value,
    Kind.SETTLED.value,
    Kind.BREAKAGE.value,
)


@dataclass
class Lapsed:
    """History of one program and unit."""

    #: Rewards that have had their full time.
    number: int = 0
    #: Their value that nobody took back, and what of it expired or was left over.
    value: int = 0
    lapsed: int = 0

    @property
    def is_enough(self) -> bool:
        """There is history to speak of."""
        return self.number >= ENOUGH and self.value > 0

    @property
    def percent(self) -> Decimal | None:
        """The share that lapsed, in percent with one decimal; None without enough history."""
        if not self.is_enough:
            return None
        return (Decimal(self.lapsed) * 100 / self.value).quantize(Decimal("0.1"))


@dataclass(frozen=True, kw_only=True)
class Breakage:
    """What is expected to expire of what is owed. A help for judgement: nothing is booked."""

    #: What is pending or available and can expire.
    base: int = 0
    #: The share in percent that the operator typed.
    typed: Decimal | None = None
    history: Lapsed = field(default_factory=Lapsed)

    @property
    def percent(self) -> Decimal | None:
        """The share that is used; None where nothing is known."""
        return self.typed if self.typed is not None else self.history.percent

    @property
    def amount(self) -> int | None:
        """The part of the base, half-even; None where nothing is known."""
        return None if self.percent is None else percentage(self.base, self.percent)


#: By program and unit.
History = dict[tuple[int, str], Lapsed]


def lapsed_between(
    since: datetime | None, before: datetime, *, start: History, program: Program | None
) -> History:
    """The history until ``before``, where ``start`` was the history until ``since``.

    What it was made of is not read again: only rewards that were booked on in between, or whose
    time ended in between, count for something else now. At most five queries.
    """
    rules = Incentive.objects.filter(validity_days__isnull=False)
    if program is not None:
        rules = rules.filter(version__program=program)
    distinct = rules.order_by().values_list("validity_days", flat=True).distinct()
    validities = [days for days in distinct if days is not None]
    found: History = defaultdict(Lapsed, {key: replace(lapsed) for key, lapsed in start.items()})
    if not validities:
        return found
    if since is None:
        _add(found, _Issued(before, validities, program), 1)
        return found
    touched = _touched(since, before, validities)
    _add(found, _Issued(since, validities, program, touched), -1)
    _add(found, _Issued(before, validities, program, touched), 1)
    return found


def _add(found: History, issued: _Issued, sign: int) -> None:
    for program_id, unit, number in issued.numbers():
        found[program_id, unit].number += sign * number
    for program_id, unit, kind, amount in issued.legs():
        found[program_id, unit].value -= sign * amount
        if kind == Kind.BREAKAGE:
            found[program_id, unit].lapsed -= sign * amount


@dataclass(frozen=True)
class _Issued:
    """Rewards that had been handed out so early that their validity had passed at a moment."""

    before: datetime
    validities: Sequence[int]
    program: Program | None
    #: None for all.
    rewards: QuerySet[LedgerEntry, Any] | None = None

    def numbers(self) -> QuerySet[LedgerEntry, Any]:
        """How many, by program and unit."""
        rows = self._entries().order_by().values_list("reward__program", "reward__unit")
        return rows.annotate(Count("reward", distinct=True))

    def legs(self) -> QuerySet[Posting, Any]:
        """What had become of them, by program, unit and kind of account."""
        legs = Posting.objects.filter(
            entry__booked_at__lt=self.before,
            entry__reward__in=self._entries().values("reward"),
            account__kind__in=OUTCOMES,
            # What a percentage voucher cost in money is booked beside it, and lapses with nothing.
            account__unit=F("entry__reward__unit"),
        )
        rows = legs.order_by().values_list("account__program", "account__unit", "account__kind")
        return rows.annotate(Sum("amount"))

    def _entries(self) -> QuerySet[LedgerEntry]:
        taken_back = LedgerEntry.objects.filter(
            reward=OuterRef("reward"), event="reverse", booked_at__lt=self.before
        )
        over = Q()
        for days in self.validities:
            over |= Q(
                reward__incentive__validity_days=days,
                booked_at__lt=self.before - timedelta(days=days),
            )
        entries = LedgerEntry.objects.filter(over, ~Exists(taken_back), event="issue")
        if self.rewards is not None:
            entries = entries.filter(reward__in=self.rewards)
        return entries if self.program is None else entries.filter(reward__program=self.program)


def _touched(
    since: datetime, before: datetime, validities: Sequence[int]
) -> QuerySet[LedgerEntry, Any]:
    """Rewards that were booked on in between, or whose validity ended in between."""
    over = LedgerEntry.objects.none().order_by().values("reward")
    booked = LedgerEntry.objects.order_by().filter(booked_at__gte=since, booked_at__lt=before)
    for days in validities:
        time = timedelta(days=days)
        over = over.union(
            LedgerEntry.objects.order_by()
            .filter(event="issue", booked_at__gte=since - time, booked_at__lt=before - time)
            .values("reward")
        )
    return booked.values("reward").union(over)
