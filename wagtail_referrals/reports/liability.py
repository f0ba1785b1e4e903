"""What is owed as of a moment, read off the books."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals.dashboard.forms.books import LiabilityForm
from oscar_referrals.dashboard.liability_cells import AGE_NAMES, by_kind, rows_of, totals_of
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import unit_amount, unit_name
from oscar_referrals.insight.legs import KINDS, OWED
from oscar_referrals.insight.liability import AGES, Liability, Line, liability
from oscar_referrals.money import format_day
from oscar_referrals.rewards.models import LedgerAccount
from wagtail_referrals.reports.base import ReferralReport, Section
from wagtail_referrals.reports.charts import Bar, bars


class LiabilityReport(ReferralReport):
    """Rewards that are pending, can be spent, or have to be paid back, by age."""

    page_title = gettext_lazy("Rewards and liability")
    form_class = LiabilityForm
    dashboard_page = "referrals-liability"

    @cached_property
    def found(self) -> Liability:
        """The same as in the dashboard."""
        asked = self.form.cleaned_data
        return liability(self.form.as_of, program=asked.get("program"), rate=asked.get("rate"))

    def heading(self) -> str:
        """The moment."""
        as_of = self.form.as_of
        return _("As of %(day)s, end of %(time)s, %(zone)s") % {
            "day": format_day(as_of.day),
            "time": as_of.at.strftime("%H:%M"),
            "zone": as_of.zone.key,
        }

    def sections(self) -> list[Section]:
        """All programs, then one section per program and unit."""
        return [*self._totals(), *(self._line(line) for line in self.found.lines)]

    def _totals(self) -> list[Section]:
        totals = totals_of(self.found)
        if not totals:
            return []
        rows: list[tuple[Any, list[Any]]] = [
            (label, [unit_amount(amount, unit) for unit, amount in cells])
            for label, cells in by_kind(totals)
        ]
        return [
            Section(
                key="all",
                title=_("All programs"),
                headings=[_("Account"), *(unit_name(total.unit) for total in totals)],
                rows=rows,
                total=(
                    _("Owed to customers"),
                    [unit_amount(total.owed, total.unit) for total in totals],
                ),
            )
        ]

    def _line(self, line: Line) -> Section:
        unit = line.unit
        owed = [sum(line.amounts[kind][age] for kind in OWED) for age in AGES]
        title = f"{line.program.name}: {unit_amount(line.owed, unit)}"
        return Section(
            key=f"line-{line.program.pk}-{unit.lower()}",
            title=title,
            charts=[
                bars(
                    _("Owed to customers, by the days since it was earned"),
                    [
                        Bar(str(name), amount, unit_amount(amount, unit))
                        for name, amount in zip(AGE_NAMES, owed, strict=True)
                    ],
                )
            ],
            headings=[_("Account"), *AGE_NAMES, _("Total")],
            rows=[
                (
                    LedgerAccount.Kind(kind).label,
                    [unit_amount(amount, unit) for amount in line.amounts[kind]]
                    + [unit_amount(line.total(kind), unit)],
                )
                for kind in KINDS
            ],
            total=(
                _("Owed to customers"),
                [unit_amount(amount, unit) for amount in [*owed, line.owed]],
            ),
            note=self._expected(line),
        )

    def _expected(self, line: Line) -> str:
        found = line.breakage
        if found.amount is None:
            return _("Expected to expire: not enough data (n = %(n)d, at least 30 are needed).") % {
                "n": found.history.number
            }
        return _("Expected to expire: %(amount)s, which is %(percent)s%% of %(base)s.") % {
            "amount": unit_amount(found.amount, line.unit),
            "percent": found.percent,
            "base": unit_amount(found.base, line.unit),
        }

    def notes(self) -> list[Any]:
        """The words of the dashboard."""
        return [
            _(
                "Only what was booked until that moment counts, so a closed date gives the same "
                "figures for ever."
            ),
            _("The age counts whole days of the time zone since the reward was earned."),
            _(
                "What is expected to expire is a help for your judgement. It is not booked: only "
                "what has expired is."
            ),
        ]

    def file_rows(self) -> Iterable[list[Any]]:
        """The cells of the dashboard's file."""
        return rows_of(self.found)

    def file_name(self) -> str:
        """With the day."""
        return _("liability %(day)s") % {"day": self.form.as_of.day}
