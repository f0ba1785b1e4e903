"""A friend with a claim opens an account. Costs nothing for whoever has none."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from oscar_referrals.attribution.claims import recognise
from oscar_referrals.attribution.models import Claim
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.checkout.attach import TAKEN_KEY
from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.waiting import SESSION_KEY
from oscar_referrals.rewards.triggers import try_settle


def register(request: HttpRequest, user: Any) -> None:
    """Credit the registration to whose offer this session has taken; the claim is theirs now."""
    claim = _claim_of(request)
    if claim is not None:
        with own_savepoint():
            recognise(claim.pk, user)
        _credit(claim, user)


def register_at_login(request: HttpRequest, user: Any) -> None:
    """The same for a shop with another way to register: the account is younger than the claim."""
    claim = _claim_of(request)
    joined: datetime | None = getattr(user, "date_joined", None)
    if claim is not None and joined is not None and joined >= claim.claimed_at:
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


def _credit(claim: Claim, user: Any) -> None:
    with own_savepoint():
        referral = credit_sign_up(claim=claim, friend=user)
        if referral is not None:
            recognise(claim.pk, user)
            transaction.on_commit(partial(try_settle, referral.pk))
