"""From the click to the spent reward: the referral report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals.dashboard.figures import Figures, step_name
from oscar_referrals.dashboard.forms.report import PRESETS, ReportForm
from oscar_referrals.insight.funnel import Money, Row, report
from oscar_referrals.insight.periods import Period
from oscar_referrals.money import format_day, format_money, format_number, to_major
from wagtail_referrals.reports.base import ReferralReport, Section
from wagtail_referrals.reports.charts import Bar, Line, bars, lines


def days(period: Period) -> str:
    """A period in words."""
    return _("%(start)s to %(end)s") % {
        "start": format_day(period.start),
        "end": format_day(period.end),
    }


def period_presets(form: Any) -> list[tuple[str, Any, bool]]:
    """The periods to choose with one click."""
    return [(name, label, name == form.preset) for name, (label, _make) in PRESETS.items()]


class OverviewReport(ReferralReport):
    """Clicks, offers taken, orders, rewards and money of a period."""

    page_title = gettext_lazy("Referral report")
    form_class = ReportForm
    dashboard_page = "referrals-report"

    @cached_property
    def figures(self) -> Figures:
        """The same as in the dashboard."""
        period, step = self.form.selected, self.form.step
        program = self.form.cleaned_data.get("program")
        return Figures(
            period=period, step=step, rows=report(program, period.start, period.end, step)
        )

    def presets(self) -> list[tuple[str, Any, bool]]:
        """See `period_presets`."""
        return period_presets(self.form)

    def heading(self) -> str:
        """The period."""
        return days(self.figures.period)

    def sections(self) -> list[Section]:
        """What happened, and a section of money for each currency."""
        if self.figures.is_empty:
            return []
        return [self._events(), *(self._money(*found) for found in self.figures.by_currency())]

    def _events(self) -> Section:
        rows = list(self.figures.labelled())
        whole = self.figures.total
        title = _("From the click to the reward")
        funnel = [
            (_("Link clicks"), whole.clicks),
            (_("Offers taken"), whole.claims),
            (_("Orders with a code"), whole.orders),
            (_("Orders credited"), whole.credited),
            (_("Rewards earned"), whole.earned),
        ]
        series = [
            Line(_("Link clicks"), [row.clicks for _label, row in rows]),
            Line(_("Offers taken"), [row.claims for _label, row in rows]),
            Line(_("Orders credited"), [row.credited for _label, row in rows]),
        ]
        top = max(max(row.clicks, row.claims, row.credited) for _label, row in rows)
        return Section(
            key="events",
            title=title,
            charts=[
                bars(title, [Bar(name, value, format_number(value)) for name, value in funnel]),
                self._lines(_("Clicks, offers and orders over time"), series, format_number(top)),
            ],
            headings=[
                _("Period"),
                *(name for name, _value in funnel[:3]),
                _("Credited"),
                _("Refused"),
                _("Taken back"),
                _("Rewards earned"),
                _("of which pending"),
                _("to spend"),
                _("spent"),
                _("withdrawn"),
                _("expired"),
            ],
            rows=[(label, _numbers(row)) for label, row in rows],
            total=(_("Total"), _numbers(whole)),
        )

    def _money(self, currency: str, rows: list[tuple[str, Money]], whole: Money) -> Section:
        columns = {
            "order_value": _("Value of credited orders"),
            "friend_discounts": _("Friends saved"),
            "losses": _("Saved without credit"),
            "rewards_earned": _("Fixed rewards earned"),
            "rewards_spent": _("Advocates saved"),
        }

        def cells(money: Money) -> list[str]:
            return [format_money(getattr(money, name), currency) for name in columns]

        series = [
            Line(
                columns[name],
                [float(to_major(getattr(money, name), currency)) for _label, money in rows],
            )
            for name in ("order_value", "friend_discounts", "rewards_spent")
        ]
        top = max(
            getattr(money, name)
            for _label, money in rows
            for name in ("order_value", "friend_discounts", "rewards_spent")
        )
        title = _("Money in %(currency)s") % {"currency": currency}
        return Section(
            key=f"money-{currency.lower()}",
            title=title,
            charts=[self._lines(title, series, format_money(top, currency))],
            headings=[_("Period"), *columns.values()],
            rows=[(label, cells(money)) for label, money in rows],
            total=(_("Total"), cells(whole)),
        )

    def _lines(self, title: str, series: list[Line], highest: str) -> Any:
        step, rows = self.figures.step, self.figures.rows
        return lines(
            title,
            series,
            first=step_name(rows[0].start, step, short=True),
            last=step_name(rows[-1].start, step, short=True),
            highest=highest,
            zero=format_number(0),
        )

    def notes(self) -> list[Any]:
        """The words of the dashboard."""
        return [
            _(
                "Each event counts on the day on which it happened: a click when the link was "
                "opened, an order when it was placed, a saving when the reward was spent."
            ),
            _(
                "An order is credited, refused or taken back (cancelled or refunded in full "
                "later), as it stands now."
            ),
            _(
                "Saved without credit: discounts that friends got on orders that were refused or "
                "taken back."
            ),
            _(
                "Fixed rewards earned: advocates’ rewards of a fixed amount that were not "
                "withdrawn. A percentage is worth something only when it is spent."
            ),
        ]

    def file_rows(self) -> Iterable[list[Any]]:
        """The cells of the dashboard's file."""
        return self.figures.csv_rows()

    def file_name(self) -> str:
        """With the program and the days."""
        program = self.form.cleaned_data.get("program")
        return _("referrals %(program)s %(start)s to %(end)s") % {
            "program": program.slug if program else "",
            "start": self.figures.period.start.isoformat(),
            "end": self.figures.period.end.isoformat(),
        }


def _numbers(row: Row) -> list[str]:
    rewards = row.rewards
    return [
        format_number(value)
        for value in (
            row.clicks,
            row.claims,
            row.orders,
            row.credited,
            row.refused,
            row.released,
            row.earned,
            rewards["pending"],
            rewards["available"],
            rewards["redeemed"],
            row.withdrawn,
            rewards["expired"],
        )
    ]
