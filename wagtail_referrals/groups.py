"""What somebody needs who writes for the referral program: words and pictures, no money."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission

from wagtail_referrals.compat import base_page

#: The name that the group is made under; a shop may call it as it likes.
NAME = "Referral editors"
#: By app. Codes, referrals and rewards name customers: who needs to see those is for the shop.
PERMISSIONS = {
    "wagtailadmin": ["access_admin"],
    "oscar_referrals": [
        "view_program",
        "view_referral_report",
        "view_material",
        "add_material",
        "change_material",
        "delete_material",
        "add_statementwaiver",
        "add_waiverwithdrawal",
    ],
    "wagtail_referrals": ["change_referralsettings"],
}
PAGE_ACTIONS = ("add", "change", "publish")


def permit_editors(group: Group, *, under: Any | None = None) -> None:
    """Give ``group`` the permissions, and those on what lies under ``under`` in every language.

    Nothing that the group has besides is taken away, so it may be called again at any time.
    """
    wanted = Q()
    for app, codenames in PERMISSIONS.items():
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    group.permissions.add(*Permission.objects.filter(wanted))
    if under is not None:
        page_model = base_page()._meta
        for permission in Permission.objects.filter(
            content_type__app_label=page_model.app_label,
            codename__in=[get_permission_codename(action, page_model) for action in PAGE_ACTIONS],
        ):
            for page in under.get_translations(inclusive=True):
                GroupPagePermission.objects.get_or_create(
                    group=group, page=page, permission=permission
                )
