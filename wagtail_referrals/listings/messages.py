"""What the program writes to people: the texts are Oscar's, and are edited where Oscar's are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table, TitleColumn
from wagtail.admin.viewsets.base import ViewSet

from oscar_referrals.messages import texts
from oscar_referrals.messages.kinds import KINDS, Kind
from wagtail_referrals.admin_page import AdminPage
from wagtail_referrals.dashboard_links import dashboard_buttons, page_url

SEE = "oscar_referrals.view_program"


class MessageTextsView(AdminPage):
    """Every kind of message, with the way to its text in the shop's dashboard."""

    template_name = "wagtail_referrals/message_texts.html"
    page_title = _("Message texts")
    header_icon = "mail"
    permission = SEE
    styles = "lists.css"

    @property
    def header_more_buttons(self) -> list[Any]:
        """The way to all of them."""
        return dashboard_buttons(self.request.user, "referrals-message-kinds")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The table; one query."""
        edited, user = texts.edited_events(), self.request.user

        def url(kind: Kind) -> str | None:
            return page_url(user, "referrals-message-kind", kind.event)

        columns = [
            TitleColumn("name", label=_("Message"), get_url=url),
            Column("to", label=_("To"), accessor=lambda kind: kind.to.label),
            Column(
                "purpose",
                classname="wr-minor",
                label=_("Purpose"),
                accessor=lambda kind: kind.purpose.label,
            ),
            StatusTagColumn(
                "text",
                label=_("Text"),
                accessor=lambda kind: (
                    _("Edited by the shop") if kind.event in edited else _("As it came")
                ),
                primary=lambda kind: kind.event in edited,
            ),
        ]
        table = Table(columns, KINDS.values())
        return super().get_context_data(table=table, **kwargs)


class MessageTextsMenuItem(MenuItem):
    """Shown to those who may see programs."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See `SEE`."""
        return bool(request.user.has_perm(SEE))


class MessageTextsViewSet(ViewSet):
    """The entry in the menu and its page."""

    icon = "mail"
    menu_label = _("Message texts")
    menu_item_class = MessageTextsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """One page."""
        return [path("", MessageTextsView.as_view(), name="index")]
