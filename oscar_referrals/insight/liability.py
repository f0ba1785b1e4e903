"""What is owed as of any moment, read off the books alone (I11).

Only postings count, by the moment they were booked, and no row that may change later: the same
moment gives the same figures for ever. The database adds up; the number of queries is fixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from oscar_referrals.insight.breakage import Breakage, Lapsed, lapsed_by
from oscar_referrals.insight.moments import AsOf
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.ledger import direction
from oscar_referrals.rewards.models import LedgerAccount, Posting, Reward

Kind = LedgerAccount.Kind

#: What is owed to people; and beside it what they owe back.
OWED = (Kind.PENDING.value, Kind.AVAILABLE.value, Kind.RESERVED.value)
KINDS = (*OWED, Kind.CLAWBACK.value)

#: Days since it was earned, up to which each age goes; the last one is open.
AGE_LIMITS = (30, 90, 180, 365)
AGES = range(len(AGE_LIMITS) + 1)


@dataclass
class Line:
    """What one program owes in one unit (minor units of a currency, or pieces)."""

    program: Program
    unit: str
    #: By kind of account, one amount per age.
    amounts: dict[str, list[int]] = field(
        default_factory=lambda: {kind: [0] * len(AGES) for kind in KINDS}
    )
    #: Of what is pending or available, the part that can expire at all.
    can_expire: int = 0
    breakage: Breakage = field(default_factory=Breakage)

    def total(self, kind: str) -> int:
        """All ages of one kind of account."""
        return sum(self.amounts[kind])

    @property
    def owed(self) -> int:
        """Pending, available and reserved together."""
        return sum(self.total(kind) for kind in OWED)

    @property
    def net(self) -> int:
        """What is owed less what people owe back."""
        return self.owed - self.total(Kind.CLAWBACK)

    @property
    def is_empty(self) -> bool:
        """Nothing is owed in any direction."""
        return not any(any(ages) for ages in self.amounts.values())


@dataclass(frozen=True)
class Liability:
    """What is owed as of a moment."""

    as_of: AsOf
    lines: list[Line]

    @property
    def is_open(self) -> bool:
        """The moment is not over: what is booked until then will be added."""
        return timezone.now() < self.as_of.before

    def totals(self) -> dict[str, dict[str, int]]:
        """Unit → kind of account → amount, over all programs."""
        sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(KINDS, 0))
        for line in self.lines:
            for kind in KINDS:
                sums[line.unit][kind] += line.total(kind)
        return dict(sums)


def liability(
    as_of: AsOf, *, program: Program | None = None, rate: Decimal | None = None
) -> Liability:
    """What ``program``, or every program, owed at the end of ``as_of``; four queries.

    ``rate`` is the share in percent that the shop expects to expire; without it, the share that
    did expire is taken where there is enough history (see `insight.breakage`).
    """
    lines: dict[tuple[int, str], Line] = {}
    found = list(_sums(as_of, program))
    programs = Program.objects.in_bulk({row["account__program"] for row in found})
    for row in found:
        key = row["account__program"], row["account__unit"]
        line = lines.setdefault(key, Line(programs[key[0]], key[1]))
        kind = row["account__kind"]
        amount = direction(kind) * row["total"]
        line.amounts[kind][row["age"]] += amount
        if row["expires"] and kind in (Kind.PENDING, Kind.AVAILABLE):
            line.can_expire += amount
    kept = [line for line in lines.values() if not line.is_empty]
    lapsed = lapsed_by(as_of, program) if kept and rate is None else {}
    for line in kept:
        history = lapsed.get((line.program.pk, line.unit), Lapsed())
        line.breakage = Breakage(base=line.can_expire, typed=rate, history=history)
    kept.sort(key=lambda line: (line.program.name, line.program.pk, line.unit))
    return Liability(as_of, kept)


def rewards_behind(
    as_of: AsOf, *, program: Program, unit: str, kind: str, age: int | None = None
) -> QuerySet[Reward]:
    """The rewards that make up one figure of the report, each with its part as ``outstanding``.

    In minor units of ``outstanding_unit``, or pieces.
    """
    own = Posting.objects.filter(
        entry__reward=OuterRef("pk"),
        entry__booked_at__lt=as_of.before,
        account__kind=kind,
        account__unit=unit,
    )
    sums = own.order_by().values("entry__reward").annotate(total=Sum("amount")).values("total")
    rewards = Reward.objects.filter(program=program)
    if age is not None:
        rewards = rewards.filter(_of_age(as_of, age, "created_at"))
    return rewards.annotate(
        outstanding=Coalesce(Subquery(sums), 0) * Value(direction(kind)),
        outstanding_unit=Value(unit),
    ).exclude(outstanding=0)


def differences_from_balances() -> Iterable[tuple[str, int, int]]:
    """I11: where the sum of all postings, as reported, is not the balance of the accounts.

    Gives the account's kind, program and unit in words, what is reported, and the balance.
    """
    reported: dict[tuple[str, int, str], int] = {}
    for row in _sums(None, None):
        key = row["account__kind"], row["account__program"], row["account__unit"]
        reported[key] = reported.get(key, 0) + direction(key[0]) * row["total"]
    balances = (
        LedgerAccount.objects.filter(kind__in=KINDS)
        .values_list("kind", "program", "unit")
        .annotate(total=Sum("balance"))
        .order_by("kind", "program", "unit")
    )
    for kind, program, unit, balance in balances:
        owed = reported.get((kind, program, unit), 0)
        if owed != balance:
            yield f"{kind} of program {program} in {unit}", owed, balance


def _sums(as_of: AsOf | None, program: Program | None) -> QuerySet[Posting, Any]:
    """Sums of the legs by program, unit, kind of account, age and whether it can expire."""
    legs = Posting.objects.filter(account__kind__in=KINDS)
    if as_of is not None:
        legs = legs.filter(entry__booked_at__lt=as_of.before)
    if program is not None:
        legs = legs.filter(account__program=program)
    return (
        legs.annotate(
            age=_age(as_of),
            expires=Case(
                When(entry__reward__incentive__validity_days__isnull=False, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            ),
        )
        .values("account__program", "account__unit", "account__kind", "age", "expires")
        .annotate(total=Sum("amount"))
        .order_by()
    )


def _age(as_of: AsOf | None) -> Case | Value:
    if as_of is None:
        return Value(0, output_field=IntegerField())
    return Case(
        *(
            When(entry__reward__created_at__gte=as_of.days_ago(days), then=Value(age))
            for age, days in enumerate(AGE_LIMITS)
        ),
        default=Value(len(AGE_LIMITS)),
        output_field=IntegerField(),
    )


def _of_age(as_of: AsOf, age: int, name: str) -> Q:
    """Earned so long ago: not more days than its limit, and more than those of the ages before."""
    wanted = Q()
    if age < len(AGE_LIMITS):
        wanted &= Q(**{f"{name}__gte": as_of.days_ago(AGE_LIMITS[age])})
    if age > 0:
        wanted &= Q(**{f"{name}__lt": as_of.days_ago(AGE_LIMITS[age - 1])})
    return wanted
