"""The chart of accounts: what each account of the books is for, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.ledger import OF_DEBITS, PERSONAL
from oscar_referrals.rewards.models import LedgerAccount

Kind = LedgerAccount.Kind


#: What the account of costs is called, by what the shop has said about the program. The books
#: are the same: whether it is an expense or less revenue is the shop's and its auditor's to say.
COST_NAMES = {
    Program.BookedAs.UNDECIDED: _("Cost of rewards"),
    Program.BookedAs.EXPENSE: _("Expense: rewards"),
    Program.BookedAs.CONTRA_REVENUE: _("Contra revenue: rewards"),
}


@dataclass(frozen=True)
class ChartLine:
    """One kind of account."""

    kind: LedgerAccount.Kind
    #: What belongs to it, in one sentence for an accountant.
    purpose: str | Promise

    @property
    def name(self) -> str | Promise:
        """What it is called where it is not one program's."""
        undecided = COST_NAMES[Program.BookedAs.UNDECIDED]
        return undecided if self.kind == Kind.EXPENSE else self.kind.label

    @property
    def is_personal(self) -> bool:
        """There is one per advocate; of the others there is one per program."""
        return self.kind in PERSONAL

    @property
    def grows_with_debits(self) -> bool:
        """Debits increase it; what is owed is increased by credits."""
        return self.kind in OF_DEBITS


#: In the order of a balance sheet: what is owed, what is owed back, then what it cost.
CHART = (
    ChartLine(Kind.PENDING, _("Earned, and still waiting for payment, hold or review.")),
    ChartLine(Kind.AVAILABLE, _("Handed out and not spent yet: the owner can use it today.")),
    ChartLine(Kind.RESERVED, _("Credit that a basket or a running payment holds.")),
    ChartLine(
        Kind.CLAWBACK,
        _("Spent although it had to be taken back; later rewards pay it, nobody collects."),
    ),
    ChartLine(
        Kind.EXPENSE,
        _("What all of it costs. The program says whether as an expense or less revenue."),
    ),
    ChartLine(
        Kind.REDEEMED, _("What orders were given: discounts, and credit that paid a part of them.")
    ),
    ChartLine(
        Kind.SETTLED,
        _("What staff paid outside the shop: a bank transfer, goods over the counter."),
    ),
    ChartLine(Kind.BREAKAGE, _("Expired, or left over of a voucher that found less to reduce.")),
    ChartLine(
        Kind.WRITE_OFF, _("Clawback that was given up because no later reward could pay it.")
    ),
)
#: The place of each kind in the chart, for sorting.
PLACE: dict[str, int] = {line.kind: place for place, line in enumerate(CHART)}
#: The kinds with their names, for a choice among accounts of many programs.
ACCOUNT_CHOICES = [(line.kind.value, line.name) for line in CHART]


def account_name(kind: str, booked_as: str = "") -> str:
    """What an account of a program is called, with the program's own label for its costs."""
    if kind == Kind.EXPENSE:
        return str(COST_NAMES[Program.BookedAs(booked_as)])
    return str(Kind(kind).label)
