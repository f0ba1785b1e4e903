"""Which program a shopper's account page is about."""

from __future__ import annotations

from typing import Any

from django.contrib.sites.models import Site
from django.http import HttpRequest

from oscar_referrals.checkout.session import MEMBER_KEY
from oscar_referrals.members.membership import advocate_of
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.live import live_offer


def current_membership(request: HttpRequest) -> Advocate | None:
    """The signed-in shopper's part in the live program; while none is live, in their latest one.

    A program that ended does not stand in for the live one: whoever was in it can join anew.
    """
    offer = live_offer(request)
    user: Any = request.user
    if offer is not None:
        return advocate_of(offer.program, user)
    return (
        Advocate.objects.filter(
            user=user, program__site=Site.objects.get_current(request), joined_at__isnull=False
        )
        .select_related("program__current_version")
        .order_by("-joined_at")
        .first()
    )


def remember_membership(request: HttpRequest, advocate: Advocate) -> None:
    """Note in the session that the shopper takes part; writes only when that is news."""
    if advocate.is_member and not request.session.get(MEMBER_KEY):
        request.session[MEMBER_KEY] = True
