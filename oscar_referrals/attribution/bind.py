"""Crediting an order: it makes the referral, or completes the one that a registration made."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.attribution.decide import RULE_VERSION, Credit, CreditFacts, decide
from oscar_referrals.attribution.gather import considered_beside
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.merged import credited_to, family
from oscar_referrals.money import to_minor

#: What an order doesn't change of a referral that a registration has made.
OF_REGISTRATION = frozenset({"claim", "version_id", "code_id"})


def credit_order(*, claim: Claim, order: Any, facts: CreditFacts, friend: Any = None) -> Referral:
    """Bind the order to the claim's advocate, or store why not. Idempotent per order number.

    Runs inside Oscar's order transaction, after payment: a friend who is bound already is no error
    but a refusal that is stored, with the discount that was given (a loss the operator sees).
    Amounts of ``facts`` are in minor units of the order's currency. Whoever else was a candidate is
    stored with the decision, each with the reason why not: the till has shown this claim, so it
    counts. Costs one query for the claims of the friend, and one for links they opened.
    """
    credit = decide(facts)
    try:
        with transaction.atomic():
            return _store(claim, order, facts, credit, friend)
    except IntegrityError:
        known = Referral.objects.filter(order_number=order.number, replaced_at=None).first()
        if known is not None:
            return known
    facts = CreditFacts(**{**facts.as_inputs(), "already_referred": True})
    with transaction.atomic():
        return _store(claim, order, facts, decide(facts), friend)


def goods_of(order: Any) -> int:
    """What the goods of an order cost after all discounts, incl. tax, in minor units (S11)."""
    return to_minor(order.basket_total_incl_tax, order.currency)


def add_delivery(*, order_number: str, amount: int) -> bool:
    """Note what a friend's order saved on delivery; False if the order has no referral.

    ``amount`` is in minor units of the order's currency. Oscar works it out after the order has
    been credited for its discount on goods. It is the referral's whose code the order was placed
    with, also after staff have credited the order to somebody else.
    """
    return bool(
        Referral.objects.filter(order_number=order_number, replaces=None).update(
            shipping_discount=amount, settle_due_at=timezone.now()
        )
    )


def _store(claim: Claim, order: Any, facts: CreditFacts, credit: Credit, friend: Any) -> Referral:
    now = timezone.now()
    of_order = {
        "claim": claim,
        "version_id": claim.version_id,
        "code_id": claim.code_id,
        "order": order,
        "order_number": str(order.number),
        "currency": order.currency,
        "order_total": to_minor(order.total_incl_tax, order.currency),
        "basis": goods_of(order),
        "friend_discount": facts.friend_discount,
        "state": Referral.State.BOUND if credit.granted else Referral.State.REFUSED,
        "reason": credit.reason,
        "created_at": now,
        "settle_due_at": now,
    }
    email = friend.email if friend is not None else order.guest_email
    # What came after the order changes nothing, also where it is recorded late.
    placed_at = order.date_placed or now
    beside = considered_beside(claim, user=friend, key=email_key(email), at=placed_at)
    referral = _of_registration(claim, friend, of_order) if credit.granted else None
    if referral is None:
        referral = Referral.objects.create(
            program_id=claim.program_id,
            advocate_id=credited_to(claim.code.advocate),
            friend=friend,
            friend_key=email_key(email),
            **of_order,
        )
    Decision.objects.create(
        program_id=claim.program_id,
        referral=referral,
        subject=f"referral:{order.number}",
        order_number=str(order.number),
        verdict=credit.verdict,
        reason=credit.reason,
        inputs=facts.as_inputs() | beside["inputs"],
        candidates=beside["candidates"],
        rule_version=RULE_VERSION,
        decided_at=now,
    )
    Claim.objects.filter(pk=claim.pk, used_at=None).update(used_at=now)
    if credit.granted:
        signals.announce(signals.referral_made, referral=referral)
    else:
        signals.announce(signals.referral_lost, referral=referral, reason=credit.reason)
    return referral


def _of_registration(claim: Claim, friend: Any, of_order: dict[str, Any]) -> Referral | None:
    """The referral that the friend's registration made, with the order filled in; None if none.

    It stays under the version and the code that the registration was promised its reward under.
    """
    if friend is None:
        return None
    made = Referral.objects.filter(
        program=claim.program_id,
        advocate__in=family(claim.code.advocate),
        friend=friend,
        signed_up_at__isnull=False,
        state=Referral.State.BOUND,
        order_number="",
    )
    pinned = {name: of_order[name] for name in of_order if name not in OF_REGISTRATION}
    if not made.update(**pinned):
        return None
    return Referral.objects.get(order_number=of_order["order_number"])
