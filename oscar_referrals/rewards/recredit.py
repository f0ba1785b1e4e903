"""Letting a referral go, or crediting it again, as its order calls for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.target import RULE_VERSION, credit_of
from oscar_referrals.rewards.verdict import Credit


def recredit(
    referral: Referral, order: OrderFacts, decisions: list[Decision], now: datetime, actor: Any
) -> Credit:
    """The credit that the locked referral has from now on; ``decisions`` gets what changed it."""
    before = Credit(state=referral.state, reason=referral.reason)
    credit = credit_of(before, order)
    back = credit != before and credit.state == Referral.State.BOUND
    elsewhere = back and not _rebind(referral, credit)
    if elsewhere:
        credit = Credit(state=Referral.State.RELEASED, reason=reasons.ALREADY_REFERRED)
    if credit == before:
        return credit
    referral.state, referral.reason = credit.state, credit.reason
    referral.save(update_fields=["state", "reason"])
    bound = credit.state == Referral.State.BOUND
    decisions.append(
        Decision(
            program=referral.program,
            referral=referral,
            subject=f"referral:{referral.order_number}",
            order_number=referral.order_number,
            verdict=Decision.Verdict.GRANTED if bound else Decision.Verdict.REFUSED,
            reason=credit.reason,
            inputs={
                "before": before.state,
                "before_reason": before.reason,
                "undone": order.undone,
                "exists": order.exists,
                "elsewhere": elsewhere,
            },
            rule_version=RULE_VERSION,
            actor=actor,
            decided_at=now,
        )
    )
    if bound:
        signals.announce(signals.referral_made, referral=referral)
    else:
        signals.announce(signals.referral_lost, referral=referral, reason=credit.reason)
    return credit


def _rebind(referral: Referral, credit: Credit) -> bool:
    """Credit it again, unless another order of this friend is credited by now."""
    try:
        with transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(state=credit.state)
    except IntegrityError:
        return False
    return True
