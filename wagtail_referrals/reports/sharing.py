"""By which way it spread: per channel, place and campaign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals.dashboard.forms.report import PeriodForm
from oscar_referrals.dashboard.ways import Table, Ways
from oscar_referrals.insight.sharing import WayRow
from oscar_referrals.money import format_money, format_number
from wagtail_referrals.reports.base import ReferralReport, Section
from wagtail_referrals.reports.charts import Bar, bars
from wagtail_referrals.reports.overview import days, period_presets

#: A chart of more campaigns than that is none; the table has them all.
MOST_BARS = 12


class SharingReport(ReferralReport):
    """Shares, clicks, offers taken, orders and rewards of a period, by the way they came."""

    page_title = gettext_lazy("Report on sharing")
    form_class = PeriodForm
    dashboard_page = "referrals-ways"

    @cached_property
    def ways(self) -> Ways:
        """The same as in the dashboard."""
        return Ways(self.form.cleaned_data.get("program"), self.form.selected)

    def presets(self) -> list[tuple[str, Any, bool]]:
        """See `period_presets`."""
        return period_presets(self.form)

    def heading(self) -> str:
        """The period."""
        return days(self.form.selected)

    def sections(self) -> list[Section]:
        """One for each kind of way."""
        if self.ways.is_empty:
            return []
        return [self._section(table) for table in self.ways.tables]

    def _section(self, table: Table) -> Section:
        clicks = [
            Bar(name, row.clicks, format_number(row.clicks))
            for name, row in list(table.named())[:MOST_BARS]
        ]
        return Section(
            key=str(table.by),
            title=table.title,
            charts=[bars(_("%(title)s: link clicks") % {"title": table.title}, clicks)],
            headings=[
                table.heading,
                _("Shares"),
                _("Link clicks"),
                _("Offers taken"),
                _("Orders with a code"),
                _("Orders credited"),
                _("Value of credited orders"),
                _("Rewards earned"),
                _("Fixed rewards earned"),
            ],
            rows=[(name, _cells(row)) for name, row in table.named()],
            total=(_("Total"), _cells(table.total)),
            note=_("The bars show link clicks."),
        )

    def notes(self) -> list[Any]:
        """The words of the dashboard."""
        return [
            _(
                "A share is a button pressed in a browser with JavaScript: whether the message "
                "was sent nobody knows, and links copied by hand are not counted."
            ),
            _(
                "A click, a claim and an order belong to the channel, place and campaign of the "
                "link that led to them. “Not known”: a typed code, or a link from before."
            ),
            _(
                "Each event counts on the day on which it happened; the totals are those of the "
                "referral report."
            ),
        ]

    def file_rows(self) -> Iterable[list[Any]]:
        """The cells of the dashboard's file."""
        return self.ways.csv_rows()

    def file_name(self) -> str:
        """With the program and the days."""
        program, period = self.form.cleaned_data.get("program"), self.form.selected
        return _("sharing %(program)s %(start)s to %(end)s") % {
            "program": program.slug if program else "",
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        }


def _cells(row: WayRow) -> list[str]:
    return [
        format_number(row.shares),
        format_number(row.clicks),
        format_number(row.claims),
        format_number(row.orders),
        format_number(row.credited),
        _amounts(row, "order_value"),
        format_number(row.rewards),
        _amounts(row, "rewards_earned"),
    ]


def _amounts(row: WayRow, name: str) -> str:
    found = [(currency, getattr(money, name)) for currency, money in row.amounts]
    return " + ".join(format_money(amount, currency) for currency, amount in found) or "–"
