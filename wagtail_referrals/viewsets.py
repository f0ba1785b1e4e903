"""The referral screens of Wagtail's admin: content to edit, programs to read.

One place per action: programs are changed in the shop's dashboard, so here they only show.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.terms import clauses_by_section
from wagtail_referrals.compat import apply_policy
from wagtail_referrals.dashboard_links import program_url
from wagtail_referrals.models import ReferralTermsMixin, ReferralTermsPage
from wagtail_referrals.permissions import ViewOnlyPolicy


def _words_for(page: ReferralTermsMixin) -> str:
    if page.version is None:
        return gettext("Nothing yet: choose a version")
    if page.version.status == ProgramVersion.Status.DRAFT:
        return gettext("Version %(number)d, in preparation") % {"number": page.version.number}
    if page.program.status == Program.Status.ENDED:
        return gettext("An ended program")
    return gettext("The version in force")


def _open_in_dashboard(user: Any, program: Program) -> Button | None:
    url = program_url(user, program)
    if url is None:
        return None
    return Button(
        gettext("Open in the shop's dashboard"), url=url, icon_name="link-external", priority=5
    )


class TermsPageIndexView(PageIndexView):
    """The terms pages, with what they are for."""

    def get_base_queryset(self) -> QuerySet:
        """Load what the columns show with the pages."""
        return super().get_base_queryset().select_related("locale", "program", "version")


class TermsPageViewSet(PageListingViewSet):
    """All terms pages of the shop."""

    model = ReferralTermsPage
    index_view_class = TermsPageIndexView
    icon = "doc-full"
    menu_label = _("Terms pages")
    add_to_admin_menu = False
    list_display = [
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("program", label=_("Program")),
        Column("words_for", label=_("Words for"), accessor=_words_for),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class ProgramIndexView(IndexView):
    """The programs, each with the way to the dashboard."""

    def get_base_queryset(self) -> QuerySet:
        """Load what the columns show with the programs."""
        return super().get_base_queryset().select_related("site", "current_version")

    def get_list_more_buttons(self, instance: Program) -> list[Any]:
        """Add the way to the dashboard."""
        button = _open_in_dashboard(self.request.user, instance)
        return [*([button] if button else []), *super().get_list_more_buttons(instance)]


class ProgramInspectView(InspectView):
    """What a program promises, in its own sentences."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the way to the dashboard."""
        button = _open_in_dashboard(self.request.user, self.object)
        return [*([button] if button else []), *super().header_more_buttons]

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name the sentences, which are no field."""
        if field_name == "sentences":
            return gettext("What it promises")
        if field_name == "current_version":
            return gettext("Current version")
        return super().get_field_label(field_name, field)

    def get_sentences_display_value(self) -> SafeString | str:
        """The generated sections of the current version; a dash before there is one."""
        version = self.object.current_version
        if version is None:
            return "-"
        return format_html_join(
            "",
            "<h3>{}</h3><ul>{}</ul>",
            (
                (heading, format_html_join("", "<li>{}</li>", ((c.text,) for c in clauses)))
                for heading, clauses in clauses_by_section(describe(version))
            ),
        )


class ProgramViewSet(ModelViewSet):
    """Programs, read-only: they are run in the shop's dashboard."""

    model = Program
    icon = "group"
    menu_label = _("Programs")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = ProgramIndexView
    inspect_view_class = ProgramInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["name", "status", "current_version", "sentences"]
    form_fields = ["name"]
    list_display = [
        "name",
        Column("status", label=_("Status"), accessor="get_status_display"),
        Column("current_version", label=_("Current version")),
        Column("site", label=_("Site")),
    ]
    search_fields = ["name"]
    ordering = ["-id"]


apply_policy(ProgramViewSet, ViewOnlyPolicy(Program))


class ReferralsGroup(ViewSetGroup):
    """The entry of the admin's menu."""

    menu_label = _("Referrals")
    menu_icon = "group"
    menu_order = 350
    items = (
        TermsPageViewSet("referral_terms_pages"),
        ProgramViewSet("referral_programs"),
    )


referrals_group = ReferralsGroup()
