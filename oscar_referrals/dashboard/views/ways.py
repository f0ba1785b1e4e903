"""Which channels, places and campaigns bring friends."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from oscar_referrals.dashboard.downloads import back_to, csv_file
from oscar_referrals.dashboard.forms.report import PRESETS, PeriodForm
from oscar_referrals.dashboard.ways import Ways


class WaysView(TemplateView):
    """Shares, clicks, claims, orders and rewards of a period, by the way they came."""

    template_name = "oscar_referrals/dashboard/ways.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the tables; a wrong choice says so and shows the last 30 days."""
        form = PeriodForm(self.request.GET)
        form.is_valid()
        others = self.request.GET.copy()
        for name in ("period", "start", "end"):
            others.pop(name, None)
        return super().get_context_data(
            form=form,
            ways=Ways(form.cleaned_data.get("program"), form.selected),
            presets=[(name, label) for name, (label, _make) in PRESETS.items()],
            chosen=form.preset,
            others=others.urlencode(),
            asked=self.request.GET.urlencode(),
            **kwargs,
        )


class WaysCsvView(View):
    """The same figures as a file."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the rows; for a wrong choice go to the page, which says what is wrong."""
        form = PeriodForm(request.GET)
        if not form.is_valid():
            return back_to("referrals-ways", request)
        program = form.cleaned_data.get("program")
        name = _("sharing %(program)s %(start)s to %(end)s") % {
            "program": program.slug if program else "",
            "start": form.selected.start.isoformat(),
            "end": form.selected.end.isoformat(),
        }
        return csv_file(Ways(program, form.selected).csv_rows(), name)
