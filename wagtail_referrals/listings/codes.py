"""Referral codes, with whose they are and whether they work."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn

from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import NOTHING, moment, person
from oscar_referrals.insight.people import search_codes
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.models import ReferralCode
from wagtail_referrals.listings.base import (
    MINOR,
    ReadOnlyIndexView,
    ReadOnlyInspectView,
    ReadOnlyViewSet,
)

DASHBOARD_PAGE = "referrals-code"
WORKS, RETIRED, BLOCKED = "works", "retired", "blocked"


def state_of(code: ReferralCode) -> str:
    """Whether it works now, in a word."""
    if code.blocked_at is not None:
        return gettext("Blocked")
    return gettext("Replaced") if code.is_dead(timezone.now()) else gettext("Works")


def owner_of(code: ReferralCode) -> str:
    """The account of its advocate."""
    return person(code.advocate.user)


class CodeFilterSet(WagtailFilterSet):
    """Codes by program, and by whether they work."""

    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[(WORKS, _("Works")), (RETIRED, _("Replaced")), (BLOCKED, _("Blocked"))],
        empty_label=_("All states"),
        method="in_state",
    )

    class Meta:
        model = ReferralCode
        fields: list[str] = []

    def in_state(
        self, rows: QuerySet[ReferralCode], name: str, value: str
    ) -> QuerySet[ReferralCode]:
        """See `state_of`."""
        if value == BLOCKED:
            return rows.filter(blocked_at__isnull=False)
        is_retired = Q(retires_at__isnull=False, retires_at__lte=timezone.now())
        rows = rows.filter(blocked_at=None)
        return rows.filter(is_retired) if value == RETIRED else rows.exclude(is_retired)


class CodeIndexView(ReadOnlyIndexView):
    """The codes, the newest first."""

    dashboard_page = DASHBOARD_PAGE
    title = (_("Code"), lambda code: code.pretty)
    title_class = "wr-code"
    loads = ("program", "advocate__user")
    export_columns = (
        (_("Code"), lambda code: code.code),
        (_("Advocate"), owner_of),
        (_("Program"), lambda code: code.program.name),
        (_("Status"), state_of),
        (_("Created"), lambda code: timezone.localtime(code.created_at)),
    )

    def find(self, rows: QuerySet[ReferralCode], text: str) -> QuerySet[ReferralCode]:
        """By the code or its owner's e-mail."""
        return search_codes(rows, text)


class CodeInspectView(ReadOnlyInspectView):
    """One code."""

    dashboard_page = DASHBOARD_PAGE
    labels = {"advocate": _("Advocate"), "status": _("Status"), "program": _("Program")}

    def get_code_display_value(self) -> str:
        """In groups, as people read it."""
        return str(self.object.pretty)

    def get_advocate_display_value(self) -> str:
        """The account."""
        return owner_of(self.object)

    def get_status_display_value(self) -> str:
        """Whether it works."""
        return state_of(self.object)

    def get_blocked_reason_display_value(self) -> str:
        """What staff wrote; a dash for a code that isn't blocked."""
        return self.object.blocked_reason or NOTHING

    def get_retires_at_display_value(self) -> str:
        """Day and time, if it was replaced."""
        return moment(self.object.retires_at)

    def get_created_at_display_value(self) -> str:
        """Day and time."""
        return moment(self.object.created_at)


class CodeViewSet(ReadOnlyViewSet):
    """Codes, read-only: they are replaced and blocked in the shop's dashboard."""

    model = ReferralCode
    icon = "key"
    menu_label = _("Codes")
    index_view_class = CodeIndexView
    inspect_view_class = CodeInspectView
    inspect_view_fields = [
        "code",
        "advocate",
        "program",
        "status",
        "retires_at",
        "blocked_reason",
        "created_at",
    ]
    filterset_class: Any = CodeFilterSet
    list_display: list[Any] = [
        Column("advocate", label=_("Advocate"), accessor=owner_of),
        Column("program", classname=MINOR, label=_("Program"), accessor="program.name"),
        StatusTagColumn(
            "state",
            label=_("Status"),
            accessor=state_of,
            primary=lambda code: not code.is_dead(timezone.now()),
        ),
        Column(
            "created_at",
            classname=MINOR,
            label=_("Created"),
            accessor=lambda code: moment(code.created_at),
        ),
    ]
    ordering = ["-id"]
    export_filename = "referral-codes"
