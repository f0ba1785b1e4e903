"""From a user of the shop to their referrals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button


def referrals_of(user: Any, request_user: Any) -> Iterator[Button]:
    """In the list of users: those that they brought, and those by which they came."""
    email = getattr(user, "email", "")
    if email and request_user.has_perm("oscar_referrals.view_referral"):
        url = f"{reverse('referral_referrals:index')}?{urlencode({'q': email})}"
        yield Button(_("Referrals of this user"), url=url, icon_name="group", priority=40)


def styles_for_users() -> SafeString:
    """Room for the names in that list on a phone, where our button stands below them."""
    return format_html('<link rel="stylesheet" href="{}">', static("wagtail_referrals/people.css"))
