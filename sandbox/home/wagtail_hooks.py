from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .products import product_chooser_viewset


class DashboardMenuItem(MenuItem):
    """The way to Oscar's dashboard, for those who may enter it."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.is_staff)


@hooks.register("register_admin_viewset")
def register_product_chooser() -> Any:
    return product_chooser_viewset


@hooks.register("register_admin_menu_item")
def register_dashboard_link() -> MenuItem:
    return DashboardMenuItem(
        _("Shop dashboard"), reverse("dashboard:index"), icon_name="list-ul", order=9000
    )
