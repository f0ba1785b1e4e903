"""The trial balance: what stood on each account, what was booked since, and what stands there now.

Debits equal credits in every unit, over any stretch of time, or the books are wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, F, Q, Sum, Value
from django.db.models.functions import Coalesce

from oscar_referrals.insight.legs import booked_since
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.chart import PLACE, account_name
from oscar_referrals.rewards.ledger import direction
from oscar_referrals.rewards.models import LedgerAccount, Posting

#: What is added up of each account: its balance of now, its legs since the span began, and in it.
FIGURES = ("now", "since", "debits", "credits")


@dataclass(frozen=True, kw_only=True)
class Span:
    """From ``first`` (included) until ``before`` (not included); None is open."""

    first: datetime | None = None
    before: datetime | None = None

    def condition(self, name: str) -> Q:
        """That the moment ``name`` lies in it."""
        wanted = Q()
        if self.first is not None:
            wanted &= Q(**{f"{name}__gte": self.first})
        if self.before is not None:
            wanted &= Q(**{f"{name}__lt": self.before})
        return wanted


@dataclass(frozen=True, kw_only=True)
class Balance:
    """One kind of account of one program and unit. Amounts in minor units of it, or pieces."""

    program: Program
    kind: str
    unit: str
    #: In the account's own direction: what is owed is positive.
    opening: int
    #: What was booked in between; both positive.
    debits: int
    credits: int

    @property
    def name(self) -> str:
        """What the account is called in this program."""
        return account_name(self.kind, self.program.booked_as)

    @property
    def closing(self) -> int:
        """Opening and all that was booked since."""
        return self.opening + direction(self.kind) * (self.debits - self.credits)


def trial_balance(span: Span, *, program: Program | None = None) -> list[Balance]:
    """Every account with a balance at either end of ``span``, or that moved in it; three queries.

    Reads what was booked since the beginning of the span and nothing older: what stood there is
    what stands there now, by the balances that every booking keeps, without what was booked since
    (I2).
    """
    found = sorted(_accounts(span, program))
    programs = Program.objects.in_bulk({account[0] for account, *_sums in found})
    balances = [
        Balance(
            program=programs[of],
            kind=kind,
            unit=unit,
            opening=direction(kind) * opening,
            debits=debits,
            credits=credits,
        )
        for (of, kind, unit), opening, debits, credits in found
        if opening or debits or credits
    ]
    return sorted(
        balances, key=lambda row: (row.program.name, row.program.pk, row.unit, PLACE[row.kind])
    )


#: Program, kind and unit.
Account = tuple[int, str, str]


def _accounts(span: Span, program: Program | None) -> Iterator[tuple[Account, int, int, int]]:
    """Each with its opening balance as a sum of legs, and the debits and credits in the span."""
    nothing = Value(0, output_field=BigIntegerField())
    legs, accounts = Posting.objects.all(), LedgerAccount.objects.all()
    if span.first is not None:
        legs = booked_since(span.first)
    if program is not None:
        legs, accounts = legs.filter(account__program=program), accounts.filter(program=program)
    inside = span.condition("entry__booked_at")
    moved = (
        legs.order_by()
        .values("account__program", "account__kind", "account__unit")
        .annotate(
            now=nothing,
            since=Coalesce(Sum("amount"), 0),
            debits=Coalesce(Sum("amount", filter=inside & Q(amount__gt=0)), 0),
            credits=Coalesce(Sum(-F("amount"), filter=inside & Q(amount__lt=0)), 0),
        )
    )
    stands = (
        accounts.order_by()
        .values("program", "kind", "unit")
        .annotate(now=Coalesce(Sum("balance"), 0), since=nothing, debits=nothing, credits=nothing)
    )
    # One statement, so that no booking can come between the balances and the legs.
    sums: dict[Account, list[int]] = defaultdict(lambda: [0, 0, 0])
    for of, kind, unit, now, since, debits, credits in moved.values_list(
        *("account__program", "account__kind", "account__unit"), *FIGURES
    ).union(stands.values_list("program", "kind", "unit", *FIGURES), all=True):
        account = sums[of, kind, unit]
        account[0] += direction(kind) * now - since
        account[1] += debits
        account[2] += credits
    for account_key, (opening, debits, credits) in sums.items():
        yield account_key, opening, debits, credits


def sums(balances: Iterable[Balance]) -> dict[str, tuple[int, int]]:
    """Debits and credits per unit: equal, or the books are wrong."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in balances:
        found[row.unit][0] += row.debits
        found[row.unit][1] += row.credits
    return {unit: (debits, credits) for unit, (debits, credits) in sorted(found.items())}
