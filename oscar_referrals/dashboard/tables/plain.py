"""What every list of the operator's pages has, in the shape of Oscar's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Column, Table

from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    NOTHING,
    reason_text,
    state_badge,
)

NAMESPACE = "oscar_referrals_dashboard"


def link(name: str, key: Any, text: str) -> SafeString:
    """A link to a page of ours."""
    return format_html('<a href="{}">{}</a>', reverse(f"{NAMESPACE}:{name}", args=[key]), text)


def with_note(main: Any, note: Any) -> SafeString:
    """What a cell says, with something quieter under it."""
    if not note:
        return format_html("{}", main)
    return format_html('{}<br><small class="rf-quiet">{}</small>', main, note)


class PlainTable(Table):
    """A table of one page's rows: whoever cuts the page also orders it."""

    #: Who looks at it; nobody may follow a link before that is known.
    user: Any = None

    class Meta:
        template_name = "oscar_referrals/dashboard/table.html"
        orderable = False
        default = NOTHING
        attrs = {
            "class": "table table-striped table-bordered rf-table",
            # A small screen shows a row as a card, with the heading beside each cell.
            "td": {"data-label": lambda bound_column: bound_column.header},
        }

    def before_render(self, request: HttpRequest) -> None:
        """Remember who looks at it."""
        self.user = request.user

    def link(self, name: str, key: Any, text: str, *, permission: str) -> SafeString:
        """A link to a page of ours, or only its text for whoever may not see that page."""
        if self.user is not None and self.user.has_perm(f"oscar_referrals.{permission}"):
            return link(name, key, text)
        return format_html("{}", text)


class StateColumn(Column):
    """A state as a badge, with the reason under it."""

    def render(self, value: str, record: Any) -> SafeString:
        """``value`` is the state's label, as django-tables2 gives the display of a choice."""
        return with_note(state_badge(record.state, value), reason_text(record.reason))
