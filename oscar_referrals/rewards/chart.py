"""The chart of accounts: what each account of the books is for, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import LedgerAccount

Kind = LedgerAccount.Kind


class Side(StrEnum):
    """Whose accounts they are: one per advocate, or one per program."""

    ADVOCATE = "advocate"
    PROGRAM = "program"


@dataclass(frozen=True, kw_only=True)
class ChartLine:
    """One kind of account."""

    kind: str
    name: str | Promise
    #: What belongs to it, in one sentence for an accountant.
    purpose: str | Promise
    side: Side
    #: Debits increase it; what is owed is increased by credits.
    grows_with_debits: bool


#: In the order of a balance sheet: what is owed, what is owed back, then what it cost.
CHART = (
    ChartLine(
        kind=Kind.PENDING,
        name=Kind.PENDING.label,
        purpose=_("Earned, and still waiting for payment, hold or review."),
        side=Side.ADVOCATE,
        grows_with_debits=False,
    ),
    ChartLine(
        kind=Kind.AVAILABLE,
        name=Kind.AVAILABLE.label,
        purpose=_("Handed out and not spent yet: the owner can use it today."),
        side=Side.ADVOCATE,
        grows_with_debits=False,
    ),
    ChartLine(
        kind=Kind.RESERVED,
        name=Kind.RESERVED.label,
        purpose=_("Credit that a basket or a running payment holds."),
        side=Side.ADVOCATE,
        grows_with_debits=False,
    ),
    ChartLine(
        kind=Kind.CLAWBACK,
        name=Kind.CLAWBACK.label,
        purpose=_("Spent although it had to be taken back; later rewards pay it, nobody collects."),
        side=Side.ADVOCATE,
        grows_with_debits=True,
    ),
    ChartLine(
        kind=Kind.EXPENSE,
        name=_("Cost of rewards"),
        purpose=_("What all of it costs. The program says whether as an expense or less revenue."),
        side=Side.PROGRAM,
        grows_with_debits=True,
    ),
    ChartLine(
        kind=Kind.REDEEMED,
        name=Kind.REDEEMED.label,
        purpose=_("What orders were given: discounts, and credit that paid a part of them."),
        side=Side.PROGRAM,
        grows_with_debits=False,
    ),
    ChartLine(
        kind=Kind.BREAKAGE,
        name=Kind.BREAKAGE.label,
        purpose=_("Expired, or left over of a voucher that found less to reduce."),
        side=Side.PROGRAM,
        grows_with_debits=False,
    ),
    ChartLine(
        kind=Kind.WRITE_OFF,
        name=Kind.WRITE_OFF.label,
        purpose=_("Clawback that was given up because no later reward could pay it."),
        side=Side.PROGRAM,
        grows_with_debits=True,
    ),
)
#: The place of each kind in the chart, for sorting.
PLACE = {line.kind: place for place, line in enumerate(CHART)}
#: The kinds with their names, for a choice among accounts of many programs.
ACCOUNT_CHOICES = [(line.kind, line.name) for line in CHART]

#: What the account of costs is called, by what the shop has said about the program. The books
#: are the same: whether it is an expense or less revenue is the shop's and its auditor's to say.
COST_NAMES = {
    Program.BookedAs.UNDECIDED: _("Cost of rewards"),
    Program.BookedAs.EXPENSE: _("Expense: rewards"),
    Program.BookedAs.CONTRA_REVENUE: _("Contra revenue: rewards"),
}


def account_name(kind: str, booked_as: str = "") -> str:
    """What an account of a program is called, with the program's own label for its costs."""
    if kind == Kind.EXPENSE:
        return str(COST_NAMES[Program.BookedAs(booked_as)])
    return str(Kind(kind).label)
