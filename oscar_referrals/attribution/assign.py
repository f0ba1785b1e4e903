"""Crediting an order to an advocate by hand: the new referral, and letting go of whoever had it.

A decision by staff outranks every code and link (A03). It makes a new referral beside the one that
counted until then, which stays as it was seen and is let go: no row is turned into another's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oscar_referrals import signals
from oscar_referrals.attribution.assignment_plan import CannotAssign, Plan
from oscar_referrals.attribution.candidates import Candidate
from oscar_referrals.attribution.choose import choose
from oscar_referrals.attribution.claims import WAYS
from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.precedence import Way


def assign(
    *,
    plan: Plan,
    actor: Any,
    now: datetime,
    subject: str,
    method: str = Claim.Method.STAFF,
    inputs: dict[str, Any] | None = None,
) -> Referral:
    """Carry out a plan: the referral that the order has from now on, bound to its version.

    Part of the caller's transaction, which must have made the plan anew. What was let go, and the
    new referral, are noted as due for `settle`. ``subject`` names the decision. Raises CannotAssign
    when somebody else credited the order, or the friend, at the same moment.
    """
    try:
        with transaction.atomic():
            return _assign(plan, actor, now, subject, method, inputs or {})
    except IntegrityError:
        raise CannotAssign(
            _("Somebody has credited this order, or this friend, just now. Please look again.")
        ) from None


def _assign(
    plan: Plan,
    actor: Any,
    now: datetime,
    subject: str,
    method: str,
    inputs: dict[str, Any],
) -> Referral:
    claim = Claim.objects.create(
        program=plan.code.program,
        version=plan.version,
        code=plan.code,
        user=plan.order.user,
        method=method,
        claimed_at=now,
        expires_at=now,
        used_at=now,
    )
    # Before anybody is let go: what the registration was goes along.
    referral = plan.as_referral(now=now, claim=claim)
    for other in plan.taken_from:
        _let_go(other, actor, now, subject)
    if plan.replaced is not None:
        Referral.objects.filter(pk=plan.replaced.pk).update(replaced_at=now)
    referral.save()
    Decision.objects.create(
        program=plan.code.program,
        referral=referral,
        subject=subject,
        order_number=referral.order_number,
        verdict=Decision.Verdict.GRANTED,
        reason=reasons.ASSIGNED,
        inputs=inputs | _asked(plan),
        candidates=_considered(plan, subject, now),
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )
    signals.announce(signals.referral_made, referral=referral)
    return referral


def _let_go(referral: Referral, actor: Any, now: datetime, subject: str) -> None:
    """The credit goes to somebody else; `settle` takes back what it earned."""
    released = Referral.objects.filter(pk=referral.pk, state=Referral.State.BOUND).update(
        state=Referral.State.RELEASED, reason=reasons.REASSIGNED, settle_due_at=now
    )
    if not released:
        raise CannotAssign(_("The credit has changed just now. Please look again."))
    referral.refresh_from_db(fields=["state", "reason", "settle_due_at"])
    Decision.objects.create(
        program_id=referral.program_id,
        referral=referral,
        subject=subject,
        order_number=referral.order_number,
        verdict=Decision.Verdict.REFUSED,
        reason=reasons.REASSIGNED,
        inputs={"before": Referral.State.BOUND.value, "code": referral.code.code},
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )
    signals.announce(signals.referral_lost, referral=referral, reason=reasons.REASSIGNED)


def _way_of(referral: Referral) -> str:
    if referral.claim is None:
        return Way.CLAIMED
    return WAYS.get(Claim.Method(referral.claim.method), Way.STAFF)


def _asked(plan: Plan) -> dict[str, Any]:
    """What `choose` is asked besides the candidates, as the decision keeps it."""
    at = plan.order.date_placed.isoformat()
    return {"model": str(plan.version.credit_model), "at": at, "shown": ""}


def _considered(plan: Plan, subject: str, now: datetime) -> list[dict[str, Any]]:
    """Who was considered: whom staff chose, and whoever had the credit until then."""
    candidates = [
        Candidate(
            kind=Way.STAFF,
            code=plan.code.code,
            advocate=plan.advocate_id,
            at=now,
            source=subject,
            version=plan.version.number,
        )
    ]
    candidates += [
        Candidate(
            kind=_way_of(row),
            code=row.code.code,
            advocate=row.advocate_id,
            at=row.claim.claimed_at if row.claim is not None else row.created_at,
            source=f"referral:{row.pk}",
            version=row.version.number,
            refusal=row.reason if row.state == Referral.State.REFUSED else "",
        )
        for row in (plan.replaced, plan.registration)
        if row is not None
    ]
    made = choose(candidates, model=plan.version.credit_model, at=plan.order.date_placed)
    return made.as_rows()
