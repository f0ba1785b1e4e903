"""Which program, which days and in which steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oscar_referrals.dashboard.filters.days import OF_A_SHOP, DateInput
from oscar_referrals.insight import periods
from oscar_referrals.insight.periods import Granularity, Period
from oscar_referrals.programs.models import Program

DEFAULT = "30-days"
PRESETS: dict[str, tuple[Any, Callable[[date], Period]]] = {
    "7-days": (_("Last 7 days"), lambda today: periods.last_days(7, today)),
    "30-days": (_("Last 30 days"), lambda today: periods.last_days(30, today)),
    "90-days": (_("Last 90 days"), lambda today: periods.last_days(90, today)),
    "this-month": (_("This month"), periods.this_month),
    "last-month": (_("Last month"), periods.last_month),
    "12-months": (_("Last 12 months"), periods.last_twelve_months),
}
#: No chart and no person can read more steps than that.
MOST_STEPS = 370
MOST_DAYS = 366 * 20


class PeriodForm(forms.Form):
    """Which program and which days. Always gives a period, so that the page always shows one."""

    program = forms.ModelChoiceField(
        Program.objects.order_by("-pk"),
        label=_("Program"),
        required=False,
        empty_label=_("All programs"),
    )
    start = forms.DateField(label=_("From"), widget=DateInput, validators=OF_A_SHOP)
    end = forms.DateField(label=_("Until"), widget=DateInput, validators=OF_A_SHOP)

    def __init__(self, asked: QueryDict) -> None:
        """Take ``period=<preset>`` as its days, and nothing at all as the default preset."""
        data = asked.copy()
        has_days = bool(data.get("start") or data.get("end"))
        preset = data.get("period", "" if has_days else DEFAULT)
        #: The preset whose days are shown; empty for days of one's own.
        self.preset = preset if preset in PRESETS or has_days else DEFAULT
        if self.preset in PRESETS:
            days = PRESETS[self.preset][1](timezone.localdate())
            data["start"], data["end"] = days.start.isoformat(), days.end.isoformat()
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Turn the choice into a period."""
        data = super().clean() or self.cleaned_data
        self.selected = self._period(data)
        return data

    def _period(self, data: dict[str, Any]) -> Period:
        start, end = data.get("start"), data.get("end")
        if start and end:
            if end < start:
                self.add_error("end", _("The last day has to be after the first."))
            elif (end - start).days > MOST_DAYS:
                self.add_error("start", _("Choose at most twenty years."))
            else:
                return Period(start, end)
        return PRESETS[DEFAULT][1](timezone.localdate())


class ReportForm(PeriodForm):
    """The same in steps."""

    by = forms.ChoiceField(
        label=_("Steps"),
        required=False,
        choices=[
            ("", _("Automatic")),
            (Granularity.DAY.value, _("Days")),
            (Granularity.WEEK.value, _("Weeks")),
            (Granularity.MONTH.value, _("Months")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Turn the choice into a period and a step."""
        data = super().clean()
        step = Granularity(data["by"]) if data.get("by") else self.selected.fitting
        if sum(1 for _step in self.selected.steps(step)) > MOST_STEPS:
            if data.get("by"):
                self.add_error("by", _("That makes too many rows; choose longer steps."))
            step = Granularity.MONTH
        self.step = step
        return data
