"""What is owed as of any moment, read off the books alone (I11).

Only postings count, by the moment they were booked, and no row that may change later: the same
moment gives the same figures for ever. The database adds up; the number of queries is fixed. What
was booked long before is read off a snapshot (see `insight.snapshots`), where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from oscar_referrals.insight.breakage import Breakage, Lapsed
from oscar_referrals.insight.legs import KINDS, OWED, owed_legs
from oscar_referrals.insight.models import LedgerSnapshot, SnapshotBalance
from oscar_referrals.insight.moments import AsOf
from oscar_referrals.insight.snapshots import latest_snapshot, measured_history
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.ledger import direction
from oscar_referrals.rewards.models import LedgerAccount, Posting, Reward

Kind = LedgerAccount.Kind

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
    """What ``program``, or every program, owed at the end of ``as_of``; at most a dozen queries.

    ``rate`` is the share in percent that the shop expects to expire; without it, the share that
    did expire is taken where there is enough history (see `insight.breakage`).
    """
    snapshot = latest_snapshot(as_of.before)
    lines: dict[tuple[int, str], Line] = {}
    found = list(_parts(as_of, program, snapshot))
    programs = Program.objects.in_bulk({part[0] for part in found})
    for program_id, unit, kind, age, expires, total in found:
        line = lines.setdefault((program_id, unit), Line(programs[program_id], unit))
        amount = direction(kind) * total
        line.amounts[kind][age] += amount
        if expires and kind in (Kind.PENDING, Kind.AVAILABLE):
            line.can_expire += amount
    kept = [line for line in lines.values() if not line.is_empty]
    lapsed = {}
    if kept and rate is None:
        lapsed = measured_history(as_of.before, program, snapshot)
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
    legs = (
        owed_legs(since=None, before=None)
        .values_list("account__kind", "account__program", "account__unit")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    reported = {
        (kind, program, unit): direction(kind) * total for kind, program, unit, total in legs
    }
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


#: Program, unit, kind of account, age, whether it can expire, and the sum of the legs.
Part = tuple[int, str, str, int, int, int]


def _parts(as_of: AsOf, program: Program | None, snapshot: LedgerSnapshot | None) -> Iterator[Part]:
    """What was booked before ``as_of``: the snapshot, and the legs since."""
    if snapshot is not None:
        yield from _of_snapshot(as_of, program, snapshot)
        yield from _earlier_on_the_day(as_of, program, snapshot)
    legs = owed_legs(
        since=None if snapshot is None else snapshot.before, before=as_of.before, program=program
    )
    yield from (
        legs.annotate(age=_age(as_of, "entry__reward__created_at"))
        .values_list("account__program", "account__unit", "account__kind", "age", "expires")
        .annotate(total=Sum("amount"))
        .order_by()
    )


def _of_snapshot(
    as_of: AsOf, program: Program | None, snapshot: LedgerSnapshot
) -> QuerySet[SnapshotBalance, Any]:
    """By the day in UTC; the day on which an age begins counts for the younger one."""
    rows = snapshot.balances.all() if program is None else snapshot.balances.filter(program=program)
    return (
        rows.annotate(age=_age(as_of, "earned_on"))
        .values_list("program", "unit", "kind", "age", "can_expire")
        .annotate(total=Sum("amount"))
        .order_by()
    )


def _earlier_on_the_day(
    as_of: AsOf, program: Program | None, snapshot: LedgerSnapshot
) -> Iterator[Part]:
    """What of the snapshot was earned on the day on which an age begins, but before it begins.

    In a zone whose days begin with those of UTC that is nothing.
    """
    edges = []
    for age, days in enumerate(AGE_LIMITS):
        begins = as_of.days_ago(days)
        midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
        if midnight < begins:
            earned = Q(
                entry__reward__created_at__gte=midnight, entry__reward__created_at__lt=begins
            )
            edges.append((age, earned))
    if not edges:
        return
    either = Q()
    for _age_of, earned in edges:
        either |= earned
    # By program although all are meant: that is how the index begins.
    programs = Program.objects.all() if program is None else [program]
    legs = (
        owed_legs(since=None, before=snapshot.before, program=program)
        .filter(either, entry__reward__program__in=[row.pk for row in programs])
        .annotate(
            age=Case(
                *(When(earned, then=Value(age)) for age, earned in edges),
                output_field=IntegerField(),
            )
        )
        .values_list("account__program", "account__unit", "account__kind", "age", "expires")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    for program_id, unit, kind, age, expires, total in legs:
        yield program_id, unit, kind, age, expires, -total
        yield program_id, unit, kind, age + 1, expires, total


def _age(as_of: AsOf, earned: str) -> Case:
    """The age by a column that says when it was earned: a moment, or a day in UTC."""
    begins: dict[int, Any] = {age: as_of.days_ago(days) for age, days in enumerate(AGE_LIMITS)}
    if earned == "earned_on":
        begins = {age: moment.date() for age, moment in begins.items()}
    return Case(
        *(When(**{f"{earned}__gte": moment}, then=Value(age)) for age, moment in begins.items()),
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
