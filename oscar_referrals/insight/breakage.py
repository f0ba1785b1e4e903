"""How much of what is handed out is never used, measured on what had its full time.

Only rewards whose whole validity has passed are counted: those that are younger have not had the
chance to expire, and counting them would say that everything is used. What was withdrawn is left
out, because it was not the owner who let it go. Measured on postings and on the frozen rules of the
versions, so that the same moment gives the same rate for ever.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from oscar_referrals.insight.moments import AsOf
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


def lapsed_by(as_of: AsOf, program: Program | None) -> dict[tuple[int, str], Lapsed]:
    """History by program and unit up to ``as_of``; three queries."""
    issued = _had_their_time(as_of, program)
    found: dict[tuple[int, str], Lapsed] = defaultdict(Lapsed)
    if issued is None:
        return found
    numbers = issued.order_by().values_list("reward__program", "reward__unit")
    for program_id, unit, number in numbers.annotate(Count("reward", distinct=True)):
        found[program_id, unit].number = number
    legs = (
        Posting.objects.filter(
            entry__booked_at__lt=as_of.before,
            entry__reward__in=issued.values("reward"),
            account__kind__in=OUTCOMES,
        )
        .order_by()
        .values_list("account__program", "account__unit", "account__kind")
        .annotate(Sum("amount"))
    )
    for program_id, unit, kind, amount in legs:
        # What percentage vouchers cost in money is booked beside them, and lapses with nothing.
        if (program_id, unit) in found:
            found[program_id, unit].value -= amount
            if kind == Kind.BREAKAGE:
                found[program_id, unit].lapsed -= amount
    return found


def _had_their_time(as_of: AsOf, program: Program | None) -> QuerySet[LedgerEntry] | None:
    """The entries that handed out rewards whose validity has passed; None if there are no rules."""
    rules = Incentive.objects.filter(validity_days__isnull=False)
    if program is not None:
        rules = rules.filter(version__program=program)
    over = Q()
    for days in rules.order_by().values_list("validity_days", flat=True).distinct():
        over |= Q(
            reward__incentive__validity_days=days,
            booked_at__lt=as_of.before - timedelta(days=days or 0),
        )
    if not over:
        return None
    taken_back = LedgerEntry.objects.filter(
        reward=OuterRef("reward"), event="reverse", booked_at__lt=as_of.before
    )
    entries = LedgerEntry.objects.filter(over, ~Exists(taken_back), event="issue")
    return entries if program is None else entries.filter(reward__program=program)
