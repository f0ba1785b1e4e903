"""What the three reports have in common: a question, sections of figures, and two files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button

from wagtail_referrals.admin_page import AdminPage
from wagtail_referrals.dashboard_links import dashboard_buttons
from wagtail_referrals.exports import file_response

SEE_REPORTS = "oscar_referrals.view_referral_report"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, charts, and the table that says the same in figures."""

    key: str
    title: str
    headings: Sequence[Any]
    #: Each: its name, then its figures in words.
    rows: list[tuple[Any, list[Any]]]
    total: tuple[Any, list[Any]] | None = None
    charts: list[SafeString] = field(default_factory=list)
    note: str = ""


class ReferralReport(AdminPage):
    """A page of figures with filters, and the same figures as CSV and XLSX."""

    permission = SEE_REPORTS
    template_name = "wagtail_referrals/reports/report.html"
    header_icon = "history"
    form_class: Any
    #: The page of the shop's dashboard with the same figures, where they lead to their rows.
    dashboard_page: str

    @cached_property
    def form(self) -> Any:
        """The question. A wrong one is answered with what is usual, and says so."""
        form = self.form_class(self.request.GET)
        form.is_valid()
        return form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or the file; a wrong question gets no file but the page, which says why."""
        kind = request.GET.get("export", "")
        if kind not in SpreadsheetExportMixin.FORMATS:
            return super().get(request, *args, **kwargs)
        if not self.form.is_valid():
            question = request.GET.copy()
            del question["export"]
            return redirect(f"{request.path}?{question.urlencode()}")
        return file_response(self.file_rows(), self.file_name(), kind)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the sections."""
        others = self.request.GET.copy()
        for name in ("period", "start", "end", "by", "export"):
            others.pop(name, None)
        return super().get_context_data(
            form=self.form,
            presets=self.presets(),
            others=others.urlencode(),
            heading=self.heading(),
            sections=self.sections(),
            notes=self.notes(),
            **kwargs,
        )

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Both files, and the way to the dashboard."""
        return [
            *dashboard_buttons(self.request.user, self.dashboard_page),
            Button(_("Download XLSX"), url=self._file("xlsx"), icon_name="download", priority=90),
            Button(_("Download CSV"), url=self._file("csv"), icon_name="download", priority=100),
        ]

    def _file(self, kind: str) -> str:
        question = self.request.GET.copy()
        question["export"] = kind
        return f"{self.request.path}?{question.urlencode()}"

    def presets(self) -> list[tuple[str, Any, bool]]:
        """Periods to choose with one click: name, label and whether it is chosen."""
        return []

    def heading(self) -> str:
        """What the figures are about: a period, or a moment."""
        raise NotImplementedError

    def sections(self) -> list[Section]:
        """The figures; empty where nothing happened."""
        raise NotImplementedError

    def notes(self) -> list[Any]:
        """How the figures are counted."""
        return []

    def file_rows(self) -> Iterable[Sequence[Any]]:
        """The figures as cells, the headings first."""
        raise NotImplementedError

    def file_name(self) -> str:
        """Of the file, without its ending."""
        raise NotImplementedError
