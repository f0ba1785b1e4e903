"""Crediting a registration: the friend is known before there is an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from oscar_referrals.attribution.claims import existing_customer, is_own
from oscar_referrals.attribution.decide import RULE_VERSION, SignUpFacts, decide_sign_up
from oscar_referrals.attribution.gather import considered_beside
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.merged import credited_to
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
    facts = _facts(claim, friend, key, known)
    if decide_sign_up(facts).granted:
        try:
            with transaction.atomic():
                return _store(claim, friend, key, facts, moment)
        except IntegrityError:
            # Bound at the same time, by another request.
            known = bound.first()
            if known is not None and known.claim_id == claim.pk:
                return known
            facts = replace(facts, already_referred=True)
    _refuse(claim, friend, facts, moment)
    return None


def _facts(claim: Claim, friend: Any, key: str, known: Referral | None) -> SignUpFacts:
    own = is_own(claim.code, user=friend, key=key)
    # Whether somebody is a customer costs a query; nobody asks about who is refused without it.
    refused = own or known is not None
    return SignUpFacts(
        is_own_code=own,
        already_referred=known is not None,
        is_existing_customer=(
            None if refused else existing_customer(claim.version, user=friend, key=key)
        ),
    )


def _store(claim: Claim, friend: Any, key: str, facts: SignUpFacts, now: datetime) -> Referral:
    referral = Referral.objects.create(
        program_id=claim.program_id,
        version_id=claim.version_id,
        code_id=claim.code_id,
        advocate_id=credited_to(claim.code.advocate),
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
    _decide(claim, friend, facts, now, referral)
    return referral


def _refuse(claim: Claim, friend: Any, facts: SignUpFacts, now: datetime) -> None:
    subject = _subject(claim, friend)
    if not Decision.objects.filter(program=claim.program_id, subject=subject).exists():
        _decide(claim, friend, facts, now, None)


def _decide(
    claim: Claim, friend: Any, facts: SignUpFacts, now: datetime, referral: Referral | None
) -> None:
    credit = decide_sign_up(facts)
    beside = considered_beside(claim, user=friend, key=email_key(friend.email), at=now)
    Decision.objects.create(
        program_id=claim.program_id,
        referral=referral,
        subject=_subject(claim, friend),
        verdict=credit.verdict,
        reason=credit.reason,
        inputs={"claim": claim.pk} | facts.as_inputs() | beside["inputs"],
        candidates=beside["candidates"],
        rule_version=RULE_VERSION,
        decided_at=now,
    )


def _subject(claim: Claim, friend: Any) -> str:
    return f"referral:sign-up-{claim.pk}-{friend.pk}"
