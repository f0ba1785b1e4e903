"""Programs, as they promise: they are run in the shop's dashboard."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Program
from oscar_referrals.programs.terms import clauses_by_section
from wagtail_referrals.listings.base import (
    MINOR,
    ReadOnlyIndexView,
    ReadOnlyInspectView,
    ReadOnlyViewSet,
)

DASHBOARD_PAGE = "referrals-program-detail"
#: Each in its own direction: figures change places in a sentence that goes against the page's.
SENTENCE = "<li><bdi>{}</bdi></li>"


class ProgramIndexView(ReadOnlyIndexView):
    """The programs, each with the way to the dashboard."""

    dashboard_page = DASHBOARD_PAGE
    title = (_("Name"), lambda program: program.name)
    loads = ("site", "current_version")
    export_columns = (
        (_("Name"), lambda program: program.name),
        (_("Status"), lambda program: program.get_status_display()),
        (_("Current version"), lambda program: str(program.current_version or "")),
        (_("Site"), lambda program: str(program.site)),
    )

    def find(self, rows: QuerySet[Program], text: str) -> QuerySet[Program]:
        """By a part of the name: there are few."""
        return rows.filter(name__icontains=text)


class ProgramInspectView(ReadOnlyInspectView):
    """What a program promises, in its own sentences."""

    dashboard_page = DASHBOARD_PAGE
    labels = {"sentences": _("What it promises"), "current_version": _("Current version")}

    def get_sentences_display_value(self) -> SafeString | str:
        """The generated sections of the current version; a dash before there is one."""
        version = self.object.current_version
        if version is None:
            return "-"
        return format_html_join(
            "",
            "<h2><bdi>{}</bdi></h2><ul>{}</ul>",
            (
                (heading, format_html_join("", SENTENCE, ((c.text,) for c in clauses)))
                for heading, clauses in clauses_by_section(describe(version))
            ),
        )


class ProgramViewSet(ReadOnlyViewSet):
    """Programs, read-only."""

    model = Program
    icon = "group"
    menu_label = _("Programs")
    index_view_class = ProgramIndexView
    inspect_view_class = ProgramInspectView
    inspect_view_fields = ["name", "status", "current_version", "sentences"]
    list_display = [
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda program: program.status == Program.Status.LIVE,
        ),
        Column("current_version", label=_("Current version")),
        Column("site", classname=MINOR, label=_("Site")),
    ]
    list_filter = ["status", "site"]
    ordering = ["-id"]
    export_filename = "referral-programs"

    def grantable(self) -> list[str]:
        """The permission for the reports is the program's as well."""
        return [*super().grantable(), "view_referral_report"]
