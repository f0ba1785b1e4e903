"""Which program a shopper's account page is about."""

from __future__ import annotations

from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from oscar_referrals.checkout.session import MEMBER_KEY
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program


def current_membership(request: HttpRequest) -> Advocate | None:
    """The signed-in shopper's part in this site's live program, else in the latest they were in."""
    memberships = list(
        Advocate.objects.filter(
            user_id=request.user.pk, program__site_id=get_current_site(request).pk
        )
        .select_related("program__current_version")
        .order_by("-joined_at", "-id")
    )
    live = [item for item in memberships if item.program.status == Program.Status.LIVE]
    joined = [item for item in memberships if item.joined_at is not None]
    return next(iter([*live, *joined, *memberships]), None)


def remember_membership(request: HttpRequest, advocate: Advocate) -> None:
    """Note in the session that the shopper takes part; writes only when that is news."""
    if advocate.is_member and not request.session.get(MEMBER_KEY):
        request.session[MEMBER_KEY] = True
