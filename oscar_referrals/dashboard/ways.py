"""The report on sharing as tables and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.attribution.models import Referral
from oscar_referrals.insight.funnel import Money
from oscar_referrals.insight.periods import Period
from oscar_referrals.insight.sharing import By, WayRow, by_way, total_of
from oscar_referrals.money import to_major
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.channels import registry
from oscar_referrals.sharing.placements import registry as placements

#: So many ways are told apart on a page: anybody may open a link with any campaign in its address.
MOST_ROWS = 100


@dataclass(frozen=True)
class Ways:
    """The same events three times: by channel, by place and by campaign."""

    program: Program | None
    period: Period

    @cached_property
    def tables(self) -> list[Table]:
        """One table for each, in the order of reading."""
        return [
            Table(By.CHANNEL, _("By channel"), _("Channel"), self._rows(By.CHANNEL)),
            Table(By.PLACEMENT, _("By place"), _("Place in the shop"), self._rows(By.PLACEMENT)),
            Table(By.CAMPAIGN, _("By campaign"), _("Campaign"), self._rows(By.CAMPAIGN)),
        ]

    @property
    def currencies(self) -> list[str]:
        """The currencies in which anything happened."""
        return sorted(self.tables[0].total.money)

    @property
    def is_empty(self) -> bool:
        """Nothing happened at all."""
        return not self.tables[0].rows

    def csv_rows(self) -> Iterator[list[Any]]:
        """The report as cells: a heading, then the rows of all three tables."""
        yield [
            _("By"),
            _("Way"),
            _("Shares"),
            _("Link clicks"),
            _("Offers taken"),
            _("Orders with a code"),
            *(str(state.label) for state in Referral.State),
            _("Rewards earned"),
            *(
                f"{currency} {label}"
                for currency in self.currencies
                for label in (_("order value"), _("fixed rewards earned"))
            ),
        ]
        for table in self.tables:
            for row in table.rows:
                yield [
                    table.heading,
                    table.name_of(row),
                    row.shares,
                    row.clicks,
                    row.claims,
                    row.orders,
                    *(row.referrals[state] for state in Referral.State.values),
                    row.rewards,
                    *(
                        to_major(amount, currency)
                        for currency, money in self._money(row)
                        for amount in (money.order_value, money.rewards_earned)
                    ),
                ]

    def _money(self, row: WayRow) -> list[tuple[str, Money]]:
        return [(currency, row.money.get(currency, Money())) for currency in self.currencies]

    def _rows(self, by: By) -> list[WayRow]:
        return by_way(self.program, self.period, by)


@dataclass(frozen=True)
class Table:
    """What came by each way of one kind."""

    by: By
    title: str
    heading: str
    rows: list[WayRow]

    @cached_property
    def total(self) -> WayRow:
        """The sum of all rows: the same in every table, and in the funnel."""
        return total_of(self.rows)

    def named(self) -> Iterator[tuple[str, WayRow]]:
        """Each row with its name in words; the last ones as one, which the file tells apart."""
        for row in self.rows[:MOST_ROWS]:
            yield self.name_of(row), row
        if rest := self.rows[MOST_ROWS:]:
            text = ngettext(
                "%(number)d other; the file names it",
                "%(number)d others; the file names them",
                len(rest),
            )
            yield text % {"number": len(rest)}, total_of(rest)

    def name_of(self, row: WayRow) -> str:
        """A channel's or place's label; what is no longer known by the name in the link."""
        if not row.name:
            return _("Without a campaign") if self.by is By.CAMPAIGN else _("Not known")
        if self.by is By.CHANNEL and row.name in registry():
            return str(registry()[row.name].label)
        if self.by is By.PLACEMENT and row.name in placements():
            return str(placements()[row.name].label)
        return row.name
