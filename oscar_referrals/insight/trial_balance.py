"""The trial balance: what stood on each account, what was booked since, and what stands there now.

Debits equal credits in every unit, over any stretch of time, or the books are wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.chart import PLACE, account_name
from oscar_referrals.rewards.ledger import direction
from oscar_referrals.rewards.models import Posting


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
    """Every account that ever moved until the end of ``span``; two queries."""
    inside = span.condition("entry__booked_at")
    before = Q(entry__booked_at__lt=span.first) if span.first else Q(pk__in=[])
    legs = Posting.objects.filter(Span(before=span.before).condition("entry__booked_at"))
    if program is not None:
        legs = legs.filter(account__program=program)
    rows = (
        legs.order_by()
        .values("account__program", "account__kind", "account__unit")
        .annotate(
            opening=Coalesce(Sum("amount", filter=before), 0),
            debits=Coalesce(Sum("amount", filter=inside & Q(amount__gt=0)), 0),
            credits=Coalesce(Sum(-F("amount"), filter=inside & Q(amount__lt=0)), 0),
        )
    )
    found = list(rows)
    programs = Program.objects.in_bulk({row["account__program"] for row in found})
    balances = [
        Balance(
            program=programs[row["account__program"]],
            kind=row["account__kind"],
            unit=row["account__unit"],
            opening=direction(row["account__kind"]) * row["opening"],
            debits=row["debits"],
            credits=row["credits"],
        )
        for row in found
    ]
    return sorted(
        balances, key=lambda row: (row.program.name, row.program.pk, row.unit, PLACE[row.kind])
    )


def sums(balances: Iterable[Balance]) -> dict[str, tuple[int, int]]:
    """Debits and credits per unit: equal, or the books are wrong."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in balances:
        found[row.unit][0] += row.debits
        found[row.unit][1] += row.credits
    return {unit: (debits, credits) for unit, (debits, credits) in sorted(found.items())}
