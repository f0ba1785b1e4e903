"""Which program, which days and in which steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oscar_referrals.dashboard.filters import DateInput
from oscar_referrals.insight import periods
from oscar_referrals.insight.periods import Granularity, Period
from oscar_referrals.programs.models import Program

CUSTOM = "custom"
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


class ReportForm(forms.Form):
    """What the report is about. Always gives a period, so that the page always shows one."""

    program = forms.ModelChoiceField(
        Program.objects.order_by("-pk"),
        label=_("Program"),
        required=False,
        empty_label=_("All programs"),
    )
    period = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[
            *((name, label) for name, (label, _make) in PRESETS.items()),
            (CUSTOM, _("Other days …")),
        ],
    )
    start = forms.DateField(label=_("From"), required=False, widget=DateInput)
    end = forms.DateField(label=_("Until"), required=False, widget=DateInput)
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
        data = super().clean() or self.cleaned_data
        preset = data.get("period") or DEFAULT
        if preset == CUSTOM:
            self._check_days(data)
        self.selected = self._period(preset, data)
        step = Granularity(data["by"]) if data.get("by") else self.selected.fitting
        if sum(1 for _step in self.selected.steps(step)) > MOST_STEPS:
            if data.get("by"):
                self.add_error("by", _("That makes too many rows; choose longer steps."))
            step = Granularity.MONTH
        self.step = step
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        start, end = data.get("start"), data.get("end")
        for name, value in (("start", start), ("end", end)):
            if value is None and name not in self.errors:
                self.add_error(name, _("Choose a day."))
        if start and end and end < start:
            self.add_error("end", _("The last day has to be after the first."))
        elif start and end and (end - start).days > 366 * 20:
            self.add_error("start", _("Choose at most twenty years."))

    def _period(self, preset: str, data: dict[str, Any]) -> Period:
        start, end = data.get("start"), data.get("end")
        if preset == CUSTOM and not self.errors and start and end:
            return Period(start, end)
        if preset not in PRESETS:
            preset = DEFAULT
        return PRESETS[preset][1](timezone.localdate())
