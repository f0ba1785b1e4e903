"""The first report: from the click to the spent reward, as charts, tables and a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from oscar_referrals.dashboard.downloads import back_to, csv_file
from oscar_referrals.dashboard.figures import Figures
from oscar_referrals.dashboard.forms.report import PRESETS, ReportForm
from oscar_referrals.insight.funnel import report


def figures_for(form: ReportForm) -> Figures:
    """The figures that a checked form asks for."""
    period, step = form.selected, form.step
    rows = report(form.cleaned_data.get("program"), period.start, period.end, step)
    return Figures(period=period, step=step, rows=rows)


class ReportView(TemplateView):
    """Clicks, claims, orders, rewards and money of a period."""

    template_name = "oscar_referrals/dashboard/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the figures; a wrong choice says so and shows the last 30 days."""
        form = ReportForm(self.request.GET)
        form.is_valid()
        figures = figures_for(form)
        others = self.request.GET.copy()
        for name in ("period", "start", "end", "by"):
            others.pop(name, None)
        return super().get_context_data(
            form=form,
            figures=figures,
            chart=figures.chart_data(),
            presets=[(name, label) for name, (label, _make) in PRESETS.items()],
            chosen=form.preset,
            others=others.urlencode(),
            asked=self.request.GET.urlencode(),
            **kwargs,
        )


class ReportCsvView(View):
    """The same figures as a file that opens in any spreadsheet and executes nothing there."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the rows; for a wrong choice go to the page, which says what is wrong."""
        form = ReportForm(request.GET)
        if not form.is_valid():
            return back_to("referrals-report", request)
        figures = figures_for(form)
        program = form.cleaned_data.get("program")
        name = _("referrals %(program)s %(start)s to %(end)s") % {
            "program": program.slug if program else "",
            "start": figures.period.start.isoformat(),
            "end": figures.period.end.isoformat(),
        }
        return csv_file(figures.csv_rows(), name)
