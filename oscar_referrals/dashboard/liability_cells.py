"""The liability report as a table whose figures are links, and as the rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from oscar_referrals.insight.legs import OWED
from oscar_referrals.insight.liability import AGES, KINDS, Liability, Line
from oscar_referrals.insight.moments import AsOf
from oscar_referrals.money import currency_symbol, in_units, is_money
from oscar_referrals.rewards.models import LedgerAccount

#: Days since it was earned.
AGE_NAMES = (
    gettext_lazy("0–30 days"),
    gettext_lazy("31–90 days"),
    gettext_lazy("91–180 days"),
    gettext_lazy("181–365 days"),
    gettext_lazy("over 365 days"),
)


@dataclass(frozen=True)
class Cell:
    """An amount, and where its rewards are."""

    amount: int
    url: str


@dataclass(frozen=True)
class LineTable:
    """One program and unit: a row per kind of account, a column per age and their total."""

    line: Line
    rows: list[tuple[str, list[Cell]]]
    ages: tuple[Any, ...] = AGE_NAMES


def table_of(line: Line, as_of: AsOf) -> LineTable:
    """The figures of a line with links; what is zero leads nowhere."""
    rows = []
    for kind in KINDS:
        cells = [
            Cell(amount, _url(line, as_of, kind, age) if amount else "")
            for age, amount in enumerate(line.amounts[kind])
        ]
        total = line.total(kind)
        cells.append(Cell(total, _url(line, as_of, kind) if total else ""))
        rows.append((str(LedgerAccount.Kind(kind).label), cells))
    return LineTable(line, rows)


@dataclass(frozen=True)
class Total:
    """What all programs owe in one unit."""

    unit: str
    by_kind: dict[str, int]

    @property
    def owed(self) -> int:
        """What customers are owed, in minor units or pieces."""
        return sum(self.by_kind[kind] for kind in OWED)


def totals_of(found: Liability) -> list[Total]:
    """The sums over all programs, one for each unit; none where there is but one program."""
    if len({line.program.pk for line in found.lines}) < 2:
        return []
    return [Total(unit, by_kind) for unit, by_kind in sorted(found.totals().items())]


def by_kind(totals: list[Total]) -> list[tuple[str, list[tuple[str, int]]]]:
    """A row per kind of account: its name, and its sum in each unit."""
    return [
        (
            str(LedgerAccount.Kind(kind).label),
            [(total.unit, total.by_kind[kind]) for total in totals],
        )
        for kind in KINDS
    ]


def chart_of(tables: list[LineTable]) -> dict[str, Any]:
    """What the charts draw: the same figures as the tables, by the place of each table."""
    return {
        "locale": get_language() or "en",
        "labels": [str(name) for name in AGE_NAMES],
        "money": [
            {
                "name": f"line-{place}",
                "currency": table.line.unit if is_money(table.line.unit) else "",
                "symbol": currency_symbol(table.line.unit) if is_money(table.line.unit) else "",
                "series": [
                    {
                        "label": str(LedgerAccount.Kind(kind).label),
                        "values": [
                            float(in_units(amount, table.line.unit))
                            for amount in table.line.amounts[kind]
                        ],
                    }
                    for kind in KINDS
                    if any(table.line.amounts[kind])
                ],
            }
            for place, table in enumerate(tables, start=1)
        ],
    }


def rows_of(found: Liability) -> Iterator[list[Any]]:
    """Cells of the file: a heading, then one row per program, unit, kind of account and age."""
    yield [
        _("As of"),
        _("Program"),
        _("Account"),
        _("Account code"),
        _("Currency"),
        _("Days since it was earned"),
        _("Amount"),
        _("Amount in minor units"),
    ]
    as_of = found.as_of
    moment = f"{as_of.day.isoformat()} {as_of.at:%H:%M} {as_of.zone.key}"
    for line in found.lines:
        for kind in KINDS:
            start = [moment, line.program.name, str(LedgerAccount.Kind(kind).label), kind]
            for age in AGES:
                amount = line.amounts[kind][age]
                cells = [line.unit, str(AGE_NAMES[age]), in_units(amount, line.unit), amount]
                yield [*start, *cells]
        start = [moment, line.program.name]
        yield [*start, _("Owed"), "", line.unit, "", in_units(line.owed, line.unit), line.owed]
        expected = line.breakage.amount
        if expected is not None:
            label = _("Expected to expire (%(percent)s%%, not booked)") % {
                "percent": line.breakage.percent
            }
            yield [*start, label, "", line.unit, "", in_units(expected, line.unit), expected]
    yield from _total_rows(found, moment)


def _total_rows(found: Liability, moment: str) -> Iterator[list[Any]]:
    for total in totals_of(found):
        unit, start = total.unit, [moment, _("All programs")]
        for kind, amount in total.by_kind.items():
            cells = [str(LedgerAccount.Kind(kind).label), kind, unit, ""]
            yield [*start, *cells, in_units(amount, unit), amount]
        yield [*start, _("Owed"), "", unit, "", in_units(total.owed, unit), total.owed]


def _url(line: Line, as_of: AsOf, kind: str, age: int | None = None) -> str:
    query: dict[str, Any] = {
        "program": line.program.pk,
        "unit": line.unit,
        "kind": kind,
        "day": as_of.day.isoformat(),
        "at": as_of.at.strftime("%H:%M"),
        "zone": as_of.zone.key,
    }
    if age is not None:
        query["age"] = age
    return f"{reverse('oscar_referrals_dashboard:referrals-outstanding')}?{urlencode(query)}"
