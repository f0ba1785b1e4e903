"""Ways from Wagtail's admin to the shop's dashboard, where programs are run."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from oscar.views.decorators import check_permissions
from wagtail.admin.widgets.button import Button

from oscar_referrals.programs.models import Program

NAMESPACE = "oscar_referrals_dashboard"


def page_url(user: Any, name: str, *args: Any) -> str | None:
    """A page of the dashboard by its name, for those who may enter it and if the shop has it.

    Asks what the dashboard itself asks at its door.
    """
    try:
        config: Any = apps.get_app_config(NAMESPACE)
        url = reverse(f"{NAMESPACE}:{name}", args=args)
    except (LookupError, NoReverseMatch):
        return None
    wanted = config.permissions_map.get(name, config.default_permissions)
    return url if check_permissions(user, wanted) else None


def program_url(user: Any, program: Program) -> str | None:
    """The program's page in the dashboard."""
    return page_url(user, "referrals-program-detail", program.pk)


def dashboard_buttons(user: Any, name: str, *args: Any) -> list[Button]:
    """One button that leads to a page of the dashboard; none for those who can't enter it."""
    url = page_url(user, name, *args)
    if url is None:
        return []
    return [
        Button(_("Open in the shop's dashboard"), url=url, icon_name="link-external", priority=5)
    ]
