"""Crediting a registration: the friend is known before there is an order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from oscar_referrals.attribution.claims import existing_customer, is_own
from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive


def credit_sign_up(*, claim: Claim, friend: Any, now: datetime | None = None) -> Referral | None:
    """Bind a friend who has registered to the claim's advocate, before there is an order.

    The friend's first order fills in the same row (see `bind`). None, and no trace, where the
    version rewards no registrations; None, and a decision that says why, for whoever is no new
    friend. Idempotent: a friend is bound once, and the same claim answers the same referral.
    """
    rewarded = Incentive.objects.filter(version=claim.version_id, trigger=Incentive.Trigger.SIGN_UP)
    if not rewarded.exists():
        return None
    moment = now or timezone.now()
    key = email_key(friend.email)
    person = Q(friend=friend) | Q(friend_key=key) if key else Q(friend=friend)
    # A registration was credited once, also if the order that came of it was undone since.
    counted = Q(state=Referral.State.BOUND) | Q(signed_up_at__isnull=False)
    bound = Referral.objects.filter(person, counted, program=claim.program_id)
    known = bound.first()
    if known is not None and known.claim_id == claim.pk:
        return known
    refusal = _refusal(claim, friend, key, known)
    if not refusal:
        try:
            with transaction.atomic():
                return _store(claim, friend, key, moment)
        except IntegrityError:
            # Bound at the same time, by another request.
            known = bound.first()
            if known is not None and known.claim_id == claim.pk:
                return known
            refusal = reasons.ALREADY_REFERRED
    _refuse(claim, friend, refusal, moment)
    return None


def _refusal(claim: Claim, friend: Any, key: str, known: Referral | None) -> str:
    if is_own(claim.code, user=friend, key=key):
        return reasons.OWN_CODE
    if known is not None:
        return reasons.ALREADY_REFERRED
    if existing_customer(claim.version, user=friend, key=key):
        return reasons.EXISTING_CUSTOMER
    return ""


def _store(claim: Claim, friend: Any, key: str, now: datetime) -> Referral:
    referral = Referral.objects.create(
        program_id=claim.program_id,
        version_id=claim.version_id,
        code_id=claim.code_id,
        advocate_id=claim.code.advocate_id,
        claim=claim,
        friend=friend,
        friend_key=key,
        # That of the order, once there is one.
        currency=settings.OSCAR_DEFAULT_CURRENCY,
        order_total=0,
        basis=0,
        signed_up_at=now,
        state=Referral.State.BOUND,
        reason=reasons.SIGNED_UP,
        created_at=now,
        settle_due_at=now,
    )
    _decide(claim, friend, Decision.Verdict.GRANTED, reasons.SIGNED_UP, now, referral)
    return referral


def _refuse(claim: Claim, friend: Any, refusal: str, now: datetime) -> None:
    subject = _subject(claim, friend)
    if not Decision.objects.filter(program=claim.program_id, subject=subject).exists():
        _decide(claim, friend, Decision.Verdict.REFUSED, refusal, now, None)


def _decide(
    claim: Claim,
    friend: Any,
    verdict: Decision.Verdict,
    reason: str,
    now: datetime,
    referral: Referral | None,
) -> None:
    Decision.objects.create(
        program_id=claim.program_id,
        referral=referral,
        subject=_subject(claim, friend),
        verdict=verdict,
        reason=reason,
        inputs={"claim": claim.pk},
        rule_version=RULE_VERSION,
        decided_at=now,
    )


def _subject(claim: Claim, friend: Any) -> str:
    return f"referral:sign-up-{claim.pk}-{friend.pk}"
