"""The statement of one customer: every movement of what is owed, with the balance after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from oscar_referrals.insight.movements import HELD, reason_of, what_happened
from oscar_referrals.insight.trial_balance import Span
from oscar_referrals.members.models import Advocate
from oscar_referrals.money import in_units
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.ledger import direction
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward

Kind = LedgerAccount.Kind

#: What became of it: not a part of any balance.
BECAME = (
    Kind.REDEEMED.value,
    Kind.SETTLED.value,
    Kind.BREAKAGE.value,
    Kind.WRITE_OFF.value,
)

#: Entries on one page.
PER_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class Whose:
    """A customer's account, or one advocate whose account may be gone."""

    user_id: int | None = None
    advocate_id: int | None = None

    def rewards(self) -> set[int]:
        """The keys of what they earned, were given, or saved with their own order.

        Found by three indexes and not by one condition, for which a database reads every reward.
        """
        if self.advocate_id is not None:
            return set(
                Reward.objects.filter(advocate=self.advocate_id).values_list("pk", flat=True)
            )
        advocates = Advocate.objects.filter(user=self.user_id).values_list("pk", flat=True)
        saved = Reward.objects.filter(
            side=Incentive.Side.FRIEND, advocate=None, owner=None, referral__friend=self.user_id
        )
        return {
            *Reward.objects.filter(advocate__in=list(advocates)).values_list("pk", flat=True),
            *Reward.objects.filter(owner=self.user_id).values_list("pk", flat=True),
            *saved.values_list("pk", flat=True),
        }


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One entry of the books as it concerns one unit."""

    entry: LedgerEntry
    unit: str
    #: By kind of account, in the account's own direction.
    moved: dict[str, int]
    #: What the customer has after it.
    balance: int

    @property
    def event(self) -> str:
        """What happened, in words."""
        return what_happened(self.entry.event, self.moved)

    @property
    def reason(self) -> str:
        """Why, as a reason code; empty where the entry has none of its own."""
        return reason_of(self.entry)

    @property
    def available(self) -> int:
        """More, or less, to spend."""
        return self.moved.get(Kind.AVAILABLE, 0)

    @property
    def pending(self) -> int:
        """More, or less, on its way."""
        return self.moved.get(Kind.PENDING, 0)

    @property
    def reserved(self) -> int:
        """More, or less, in a basket."""
        return self.moved.get(Kind.RESERVED, 0)

    @property
    def owed_back(self) -> int:
        """More, or less, to be set off."""
        return self.moved.get(Kind.CLAWBACK, 0)

    @property
    def used(self) -> int:
        """What an order was given of it, or gave back, or was paid outside the shop."""
        return self.moved.get(Kind.REDEEMED, 0) + self.moved.get(Kind.SETTLED, 0)

    @property
    def lapsed(self) -> int:
        """What expired, or was written off in the customer's favour."""
        return self.moved.get(Kind.BREAKAGE, 0)


@dataclass
class Account:
    """All movements in one unit."""

    unit: str
    opening: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HELD, 0))
    movements: list[Movement] = field(default_factory=list)
    closing: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HELD, 0))
    #: At the end of the span, of which this may be one page.
    final: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HELD, 0))

    @property
    def final_balance(self) -> int:
        """What the customer had when the whole span ended."""
        return balance_of(self.final)

    @property
    def opening_balance(self) -> int:
        """What the customer had when the span began."""
        return balance_of(self.opening)

    @property
    def closing_balance(self) -> int:
        """What the customer had when it ended."""
        return balance_of(self.closing)


def balance_of(held: dict[str, int]) -> int:
    """Pending, available and reserved, less what is owed back."""
    return sum(held[kind] for kind in HELD) - 2 * held[Kind.CLAWBACK]


@dataclass(frozen=True, kw_only=True)
class StatementPage:
    """Some of the movements; what stood before the first of them is the opening balance."""

    accounts: list[Account]
    number: int
    last: int


def statement(whose: Whose, span: Span) -> list[Account]:
    """The accounts of a customer, one per unit; the number of queries is fixed."""
    rewards = whose.rewards()
    before = Q(entry__booked_at__lt=span.first) if span.first else None
    return _accounts(_held(rewards, before), _entries(rewards, span))


def statement_page(whose: Whose, span: Span, number: int | None = None) -> StatementPage:
    """One page of them: the last one, if ``number`` is none of its pages or None."""
    rewards = whose.rewards()
    entries = _entries(rewards, span)
    last = max(1, -(-entries.count() // PER_PAGE))
    if number is None or not 1 <= number <= last:
        number = last
    rows = list(entries[(number - 1) * PER_PAGE : number * PER_PAGE])
    before = Q(entry__booked_at__lt=span.first) if span.first else None
    if number > 1 and rows:
        first = rows[0]
        before = Q(entry__booked_at__lt=first.booked_at) | Q(
            entry__booked_at=first.booked_at, entry__lt=first.pk
        )
    final = list(_held(rewards, Span(before=span.before).condition("entry__booked_at")))
    accounts = _accounts(_held(rewards, before), rows, units=[unit for unit, _kind, _sum in final])
    by_unit = {account.unit: account for account in accounts}
    for unit, kind, amount in final:
        by_unit[unit].final[kind] = direction(kind) * amount
    return StatementPage(accounts=accounts, number=number, last=last)


def _accounts(
    opening: Iterable[tuple[str, str, int]],
    entries: Iterable[LedgerEntry],
    units: Iterable[str] = (),
) -> list[Account]:
    accounts: dict[str, Account] = {unit: Account(unit) for unit in units}
    for unit, kind, amount in opening:
        accounts.setdefault(unit, Account(unit)).opening[kind] = direction(kind) * amount
    for account in accounts.values():
        account.closing = dict(account.opening)
    for entry in entries:
        for unit, kinds in _moved(entry).items():
            account = accounts.setdefault(unit, Account(unit))
            for kind in HELD:
                account.closing[kind] += kinds.get(kind, 0)
            account.movements.append(
                Movement(entry=entry, unit=unit, moved=kinds, balance=account.closing_balance)
            )
    return [accounts[unit] for unit in sorted(accounts)]


def statement_rows(accounts: list[Account], *, zone: ZoneInfo) -> Iterator[list[Any]]:
    """Cells of the statement: a heading, then each account with its two balances."""
    yield [
        _("Currency"),
        _("Booked"),
        _("Event"),
        _("Reason"),
        _("Reward"),
        _("Entry"),
        _("Pending"),
        _("Available"),
        _("In a basket"),
        _("Owed back"),
        _("Used"),
        _("Lapsed"),
        _("Balance"),
    ]
    for account in accounts:
        unit = account.unit
        yield [unit, *_balance_row(_("Opening balance"), account.opening, unit)]
        for row in account.movements:
            amounts = (row.pending, row.available, row.reserved, row.owed_back, row.used)
            yield [
                unit,
                row.entry.booked_at.astimezone(zone).isoformat(timespec="seconds"),
                row.event,
                row.reason,
                row.entry.reward.key,
                row.entry.pk,
                *(in_units(amount, unit) for amount in amounts),
                in_units(row.lapsed, unit),
                in_units(row.balance, unit),
            ]
        yield [unit, *_balance_row(_("Closing balance"), account.closing, unit)]


def _balance_row(label: str, held: dict[str, int], unit: str) -> list[Any]:
    amounts = [in_units(held[kind], unit) for kind in HELD]
    return ["", label, "", "", "", *amounts, "", "", in_units(balance_of(held), unit)]


def _held(rewards: set[int], booked: Q | None) -> Iterator[tuple[str, str, int]]:
    if booked is None:
        return iter(())
    legs = Posting.objects.filter(booked, entry__reward__in=rewards, account__kind__in=HELD)
    sums = legs.order_by().values_list("account__unit", "account__kind").annotate(Sum("amount"))
    return sums.iterator()


def _entries(rewards: set[int], span: Span) -> QuerySet[LedgerEntry]:
    return (
        LedgerEntry.objects.filter(span.condition("booked_at"), reward__in=rewards)
        .select_related("reward__referral", "reward__program")
        .prefetch_related("postings__account")
        .order_by("booked_at", "pk")
    )


def _moved(entry: LedgerEntry) -> dict[str, dict[str, int]]:
    """What it moved, by unit and kind of account in the account's direction."""
    moved: dict[str, dict[str, int]] = defaultdict(dict)
    for leg in entry.postings.all():
        kind = leg.account.kind
        if kind in HELD or kind in BECAME:
            moved[leg.account.unit][kind] = direction(kind) * leg.amount
    return moved
