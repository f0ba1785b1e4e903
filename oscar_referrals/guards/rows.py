"""Which rows must never change, and what of them may."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

APP = "oscar_referrals"
#: The row's own version, or the version it belongs to, has been published.
OWN, VERSION, INCENTIVE, ALWAYS = "own", "version", "incentive", "always"
#: An order has been paid with it.
CAPTURED = "captured"


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What is refused for the rows of one table."""

    model: str
    #: Which rows are frozen: `ALWAYS`, `CAPTURED`, or those of a published version, and how it is
    #: found.
    frozen: str
    #: Columns of a frozen row that may change.
    may_change: tuple[str, ...] = ()
    #: Columns that may become NULL, because what they point to may be deleted.
    may_clear: tuple[str, ...] = ()
    #: Columns that are empty at first and written once.
    may_fill: tuple[str, ...] = ()
    #: If given, only these columns are guarded.
    only: tuple[str, ...] = ()
    insert: bool = False
    delete: bool = True

    @property
    def table(self) -> str:
        """The table's name in the database."""
        return apps.get_model(APP, self.model)._meta.db_table


GUARDS = (
    Guard(
        model="ProgramVersion",
        frozen=OWN,
        may_change=("status", "superseded_at"),
        may_clear=("published_by_id",),
    ),
    Guard(model="Incentive", frozen=VERSION, may_clear=("range_id",), insert=True),
    Guard(model="IncentiveAmount", frozen=INCENTIVE, insert=True),
    Guard(model="IncentiveProduct", frozen=INCENTIVE, insert=True),
    Guard(model="IncentiveTier", frozen=INCENTIVE, insert=True),
    Guard(model="Limit", frozen=VERSION, insert=True),
    Guard(model="TermsVersion", frozen=ALWAYS),
    # Those of a draft are discarded with it.
    Guard(model="StatementWaiver", frozen=VERSION, may_clear=("waived_by_id",)),
    Guard(model="WaiverWithdrawal", frozen=VERSION, may_clear=("withdrawn_by_id",)),
    Guard(model="TermsAcceptance", frozen=ALWAYS),
    # By it a guest's reward was handed out; it is deleted with the account.
    Guard(model="ProvedAddress", frozen=ALWAYS, may_fill=("ended_at",), delete=False),
    Guard(model="ReferralCode", frozen=ALWAYS, only=("code", "program_id", "advocate_id")),
    # Old touches are deleted when their retention is over.
    Guard(model="Touch", frozen=ALWAYS, delete=False),
    Guard(model="Share", frozen=ALWAYS, delete=False),
    Guard(model="Decision", frozen=ALWAYS, may_clear=("actor_id",)),
    Guard(model="LedgerEntry", frozen=ALWAYS),
    Guard(model="Posting", frozen=ALWAYS),
    # Its balance moves with every posting.
    Guard(
        model="LedgerAccount",
        frozen=ALWAYS,
        only=("kind", "program_id", "advocate_id", "unit"),
    ),
    # What the age of a liability and the currency of a balance are read off.
    Guard(
        model="Reward",
        frozen=ALWAYS,
        only=(
            "key",
            "program_id",
            "referral_id",
            # Which of several alternatives it is.
            "incentive_id",
            "unit",
            "currency",
            "created_at",
        ),
        delete=False,
    ),
    Guard(
        model="CreditUse",
        frozen=CAPTURED,
        only=("reward_id", "order_number", "amount", "created_at"),
    ),
    # What was asked, and why; the decision is written into the row once.
    Guard(
        model="Assignment",
        frozen=ALWAYS,
        only=(
            "program_id",
            "code_id",
            "order_number",
            "currency",
            "value",
            "note",
            "evidence",
            "late_claim_id",
            "requested_at",
        ),
    ),
    # What was paid and by what it is found; the decision is written into the row once.
    Guard(
        model="OutsideSettlement",
        frozen=ALWAYS,
        only=(
            "reward_id",
            "value",
            "currency",
            "reference",
            "note",
            "customer_note",
            "token",
            "requested_at",
        ),
    ),
    # Its amount shrinks with the rewards it stands between, and nothing is left of it in the end.
    Guard(model="SetOff", frozen=ALWAYS, only=("debt_id", "by_id"), delete=False),
)


def message(guard: Guard) -> str:
    """What the database says when it refuses. No quotation marks: it stands in SQL."""
    if guard.frozen in (ALWAYS, CAPTURED):
        return f"Rows of {guard.table} are never changed; corrections are new rows."
    return f"Rows of {guard.table} are frozen once their version is published."


def guarded_columns(guard: Guard, columns: list[str]) -> list[str]:
    """The columns that may not change at all, of those the table has."""
    free = {*guard.may_change, *guard.may_clear, *guard.may_fill}
    return [
        column for column in columns if column not in free and column in (guard.only or columns)
    ]
