"""A friend with a claim opens an account. Costs nothing for whoever has none."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, cast

from django.contrib.sites.models import Site
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from oscar_referrals.attribution.claims import recognise
from oscar_referrals.attribution.models import Claim
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.checkout.attach import TAKEN_KEY
from oscar_referrals.checkout.invitations import LINKS_KEY, best_claim
from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.checkout.waiting import SESSION_KEY
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.triggers import try_settle
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.touches import OPENED
from oscar_referrals.sharing.visitors import visitor_of


def register(request: HttpRequest, user: Any) -> None:
    """Credit the registration to whose offer this session has taken; the claim is theirs now."""
    claim = _claim_of(request) or _claim_of_link(request, timezone.now())
    if claim is not None:
        with own_savepoint():
            recognise(claim.pk, user)
        _credit(claim, user)


def register_at_login(request: HttpRequest, user: Any) -> None:
    """The same for a shop with another way to register: the account is younger than the claim."""
    joined: datetime | None = getattr(user, "date_joined", None)
    if joined is None:
        return
    claim = _claim_of(request)
    if claim is None:
        claim = _claim_of_link(request, joined)
    elif joined < claim.claimed_at:
        return
    if claim is not None:
        _credit(claim, user)


def _claim_of(request: HttpRequest) -> Claim | None:
    claim_id = request.session.get(SESSION_KEY) or request.session.get(TAKEN_KEY)
    if claim_id is None:
        return None
    return (
        Claim.objects.filter(pk=claim_id, used_at=None)
        .select_related("version__program", "code__advocate")
        .first()
    )


def _claim_of_link(request: HttpRequest, registered_at: datetime) -> Claim | None:
    """The claim of a link that was opened with consent before the registration.

    It is made now, and only where a version rewards registrations: elsewhere the link waits until
    there are goods in the basket.
    """
    if not request.session.get(LINKS_KEY):
        return None
    rewarded = Incentive.objects.filter(
        trigger=Incentive.Trigger.SIGN_UP, version__program__site=Site.objects.get_current(request)
    )
    opened = Touch.objects.filter(
        visitor=visitor_of(request), method__in=OPENED, occurred_at__lte=registered_at
    )
    if not rewarded.exists() or not opened.exists():
        return None
    return best_claim(cast(ShopRequest, request))


def _credit(claim: Claim, user: Any) -> None:
    with own_savepoint():
        referral = credit_sign_up(claim=claim, friend=user)
        if referral is not None:
            recognise(claim.pk, user)
            transaction.on_commit(partial(try_settle, referral.pk))
