"""A single page of Wagtail's admin that is neither a list nor a form of Wagtail's own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class AdminPage(WagtailAdminTemplateMixin, TemplateView):
    """Has Wagtail's header, and is refused to those who lack ``permission``."""

    permission: str
    #: Our own, in ``static/wagtail_referrals/``.
    styles = "reports.css"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Wagtail answers the refusal with a message and its home page."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Bring our styles."""
        media = Media(css={"all": [f"wagtail_referrals/{self.styles}"]})
        return super().get_context_data(media=media, **kwargs)


class PermittedMenuItem(MenuItem):
    """Shown to those who have ``permission``."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """See `permission`."""
        return bool(request.user.has_perm(self.permission))
