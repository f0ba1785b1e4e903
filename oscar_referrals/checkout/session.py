"""What the session of a signed-in shopper knows, so that everybody else's pages ask nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import Value
from django.http import HttpRequest
from django.utils import timezone

from oscar_referrals.attribution.claims import recognise
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.waiting import SESSION_KEY as CLAIM_KEY
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.models import Reward

MEMBER_KEY = "referrals_member"
#: On the request that opened an account: its key.
NEW_ACCOUNT = "_referrals_new_account"
#: Set for whoever has, or had, a reward, whichever side earned it.
WALLET_KEY = "referrals_wallet"


def greet_member(request: HttpRequest, user: Any) -> None:
    """At login: mark advocates and owners of rewards, and take up a claim that this account made
    elsewhere. Two queries; one for an account that this request has opened, which has no elsewhere.

    They read, and every login makes them, so they have no savepoint, which would double their cost.
    """
    members = Advocate.objects.filter(user=user, joined_at__isnull=False, left_at=None)
    found = (
        members.order_by()
        .values_list(Value(MEMBER_KEY))
        .union(Reward.objects.filter(owner=user).order_by().values_list(Value(WALLET_KEY)))
    )
    for (key,) in found:
        request.session[key] = True
    waiting = request.session.get(CLAIM_KEY)
    if waiting is not None:
        with own_savepoint():
            recognise(waiting, user)
        return
    if getattr(request, NEW_ACCOUNT, None) == user.pk:
        return
    claim = (
        Claim.objects.filter(user=user, used_at=None, expires_at__gt=timezone.now(), pins=None)
        .order_by("-claimed_at")
        .first()
    )
    if claim is not None:
        request.session[CLAIM_KEY] = claim.pk


def is_member(request: HttpRequest) -> bool:
    """The session belongs to an advocate. No query."""
    return bool(request.user.is_authenticated and request.session.get(MEMBER_KEY))


def may_have_rewards(request: HttpRequest) -> bool:
    """The session belongs to an advocate, or to somebody who has had a reward. No query."""
    return is_member(request) or bool(
        request.user.is_authenticated and request.session.get(WALLET_KEY)
    )
