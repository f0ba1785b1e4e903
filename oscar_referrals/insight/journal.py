"""The journal: every leg of every entry in the order of booking, for an accountant's own books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from oscar_referrals.insight.trial_balance import Span, sums, trial_balance
from oscar_referrals.money import in_units
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.chart import account_name
from oscar_referrals.rewards.models import LedgerEntry, Posting

#: Entries that are read at a time, so that a year streams in constant memory.
BATCH = 2000


def journal_rows(
    span: Span, *, zone: ZoneInfo, program: Program | None = None
) -> Iterator[list[Any]]:
    """Cells: a heading, then one row per leg, then the totals of each account and unit.

    Amounts stand in major units with the currency's own decimals (pieces as whole numbers), and
    again in minor units as the books have them. Days and times are those of ``zone``.
    """
    yield [
        _("Entry"),
        _("Booked"),
        _("Event"),
        _("Business key"),
        _("Program"),
        _("Account"),
        _("Account code"),
        _("Counterparty"),
        _("Currency"),
        _("Debit"),
        _("Credit"),
        _("Debit in minor units"),
        _("Credit in minor units"),
        _("Reason"),
    ]
    for leg in _legs(span, program):
        entry, booked_at, event, key, name, booked_as, kind, advocate, unit, amount, reason = leg
        yield [
            entry,
            booked_at.astimezone(zone).isoformat(timespec="seconds"),
            event,
            key,
            name,
            account_name(kind, booked_as),
            kind,
            _party(advocate),
            unit,
            *_two_columns(amount, unit),
            reason,
        ]
    yield from _totals(span, program)


def trial_balance_rows(span: Span, *, program: Program | None = None) -> Iterator[list[Any]]:
    """Cells of the trial balance: a heading, the accounts, then debits and credits per unit."""
    yield [
        _("Program"),
        _("Account"),
        _("Account code"),
        _("Currency"),
        _("Opening balance"),
        _("Debit"),
        _("Credit"),
        _("Closing balance"),
    ]
    balances = trial_balance(span, program=program)
    for row in balances:
        amounts = (row.opening, row.debits, row.credits, row.closing)
        cells = [in_units(amount, row.unit) for amount in amounts]
        yield [row.program.name, row.name, row.kind, row.unit, *cells]
    for unit, (debits, credits) in sums(balances).items():
        both = in_units(debits, unit), in_units(credits, unit)
        yield [_("Total"), "", "", unit, "", *both, ""]


def _legs(span: Span, program: Program | None) -> Iterator[tuple[Any, ...]]:
    """In batches by key and not by one long cursor, which a connection pool might cut."""
    entries = LedgerEntry.objects.filter(span.condition("booked_at"))
    if program is not None:
        entries = entries.filter(reward__program=program)
    last = 0
    while keys := list(
        entries.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = keys[-1]
        yield from (
            Posting.objects.filter(entry__in=keys)
            .order_by("entry", "pk")
            .values_list(
                "entry",
                "entry__booked_at",
                "entry__event",
                "entry__key",
                "account__program__name",
                "account__program__booked_as",
                "account__kind",
                "account__advocate",
                "account__unit",
                "amount",
                "entry__reason",
            )
        )


def _totals(span: Span, program: Program | None) -> Iterator[list[Any]]:
    balances = trial_balance(span, program=program)
    for row in balances:
        if row.debits or row.credits:
            yield [
                *("", "", "", _("Total of the account")),
                row.program.name,
                row.name,
                row.kind,
                "",
                row.unit,
                in_units(row.debits, row.unit),
                in_units(row.credits, row.unit),
                row.debits,
                row.credits,
                "",
            ]
    for unit, (debits, credits) in sums(balances).items():
        if debits or credits:
            both = in_units(debits, unit), in_units(credits, unit)
            yield ["", "", "", _("Total"), "", "", "", "", unit, *both, debits, credits, ""]


def _party(advocate: int | None) -> str:
    """Whose account it is, by number: a journal is kept for years, an address is not."""
    return "" if advocate is None else _("Advocate %(number)s") % {"number": advocate}


def _two_columns(amount: int, unit: str) -> tuple[Any, Any, Any, Any]:
    if amount > 0:
        return in_units(amount, unit), "", amount, ""
    return "", in_units(-amount, unit), "", -amount
