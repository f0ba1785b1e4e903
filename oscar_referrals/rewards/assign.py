"""Credits by hand: one person asks, with evidence; above a value another one has to agree."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from oscar_referrals import signals
from oscar_referrals.attribution.assign import assign
from oscar_referrals.attribution.assignment_plan import CannotAssign, Plan, plan_of, refuse_own
from oscar_referrals.attribution.assignments import Assignment, LateClaim
from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Claim, Decision
from oscar_referrals.members.merged import family
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.by_hand import NotPossible, require_reason
from oscar_referrals.rewards.stakes import facts_of_order, needs_another, value_of
from oscar_referrals.rewards.triggers import try_settle
from oscar_referrals.sharing.models import ReferralCode

State = Assignment.State
LONGEST_EVIDENCE = 4000


def order_numbered(number: str) -> Any:
    """The order with this number, with its customer; None if there is none."""
    orders = get_model("order", "Order")._default_manager.select_related("user", "site")
    return orders.filter(number=number).first()


def look(*, order: Any, code: ReferralCode, actor: Any, now: datetime | None = None) -> Plan:
    """What crediting the order by hand would do. Raises CannotAssign if it can't be done."""
    plan = plan_of(order=order, code=code, actor=actor, now=now or timezone.now())
    undone = facts_of_order(order).undone
    if undone:
        raise CannotAssign(reasons.staff_text(undone) + ".")
    return plan


def request_assignment(
    *,
    order: Any,
    code: ReferralCode,
    actor: Any,
    note: str,
    evidence: str,
    late_claim: LateClaim | None = None,
    now: datetime | None = None,
) -> Assignment:
    """Ask that the order be credited to the code; done at once if nobody else has to agree.

    Raises CannotAssign as `look` does, and while another one waits for the same order;
    NotPossible without a reason or evidence.
    """
    moment, why = now or timezone.now(), require_reason(note)
    proof = evidence.strip()
    if not proof:
        raise NotPossible(_("Write down by what you know it; nothing was changed."))
    with transaction.atomic():
        _one_at_a_time(code)
        plan = look(order=order, code=code, actor=actor, now=moment)
        value = value_of(plan)
        try:
            with transaction.atomic():
                asked = Assignment.objects.create(
                    program=code.program,
                    code=code,
                    order_number=str(order.number),
                    currency=order.currency,
                    value=value,
                    note=why[:500],
                    evidence=proof[:LONGEST_EVIDENCE],
                    late_claim=late_claim,
                    requested_by=actor,
                    requested_at=moment,
                )
        except IntegrityError:
            raise CannotAssign(
                _("Somebody has asked for this order already; it waits for a second person.")
            ) from None
        if needs_another(value, order.currency):
            _record(asked, Decision.Verdict.HELD, reasons.ASSIGN_REQUESTED, actor, why, moment)
        else:
            _carry_out(asked, plan, actor, moment)
    return asked


def approve_assignment(
    *, assignment_id: int, actor: Any, now: datetime | None = None
) -> Assignment:
    """A second person agrees: the order is credited now. Once, however many press the button.

    Raises CannotAssign for whoever asked, for the person's own order or code, and when the order
    can't be credited any more.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        asked = _waiting(assignment_id)
        if asked.requested_by_id == actor.pk:
            raise CannotAssign(_("You have asked for it yourself. Another person has to agree."))
        order = _order_of(asked)
        # The time that it waited is not the customer's fault.
        plan = look(order=order, code=asked.code, actor=actor, now=asked.requested_at)
        _carry_out(asked, plan, actor, moment)
    return asked


def refuse_assignment(
    *, assignment_id: int, actor: Any, note: str, now: datetime | None = None
) -> Assignment:
    """Say no, or take back what one has asked for oneself; nothing is credited.

    Raises CannotAssign for the person's own order or code, NotPossible without a reason.
    """
    moment, why = now or timezone.now(), require_reason(note)
    with transaction.atomic():
        asked = _waiting(assignment_id)
        order = _order_of(asked, needed=False)
        if order is not None:
            refuse_own(order=order, code=asked.code, actor=actor)
        _close(asked, State.REFUSED, actor, moment, note=why)
        _record(asked, Decision.Verdict.REFUSED, reasons.ASSIGN_REFUSED, actor, why, moment)
    return asked


def _one_at_a_time(code: ReferralCode) -> None:
    """Of two who credit the same advocate at once, the second one sees what the first did."""
    rows = Advocate.objects.select_for_update(no_key=True).filter(pk__in=family(code.advocate))
    list(rows.order_by("pk").values_list("pk"))


def _carry_out(asked: Assignment, plan: Plan, actor: Any, now: datetime) -> None:
    late = asked.late_claim
    taken_from = plan.taken_from
    referral = assign(
        plan=plan,
        actor=actor,
        now=now,
        subject=_subject(asked),
        method=Claim.Method.STAFF if late is None else Claim.Method.LATE,
        inputs={"note": asked.note, "value": asked.value, "currency": asked.currency},
    )
    asked.referral = referral
    _close(asked, State.DONE, actor, now)
    if late is not None:
        changed = LateClaim.objects.filter(pk=late.pk, state=LateClaim.State.WAITING).update(
            state=LateClaim.State.ACCEPTED, decided_by=actor, decided_at=now, note=asked.note
        )
        if changed:
            late.refresh_from_db()
            signals.announce(signals.late_claim_decided, late_claim=late, referral=referral)
    for pk in [*(row.pk for row in taken_from), referral.pk]:
        transaction.on_commit(partial(try_settle, pk, actor=actor))


def _waiting(assignment_id: int) -> Assignment:
    """The row, locked: of two who decide at once the second one finds it decided."""
    asked = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("code__program", "code__advocate", "late_claim", "requested_by")
        .get(pk=assignment_id)
    )
    if asked.state != State.WAITING:
        raise CannotAssign(_("Somebody has decided about this already."))
    return asked


def _close(asked: Assignment, state: str, actor: Any, now: datetime, *, note: str = "") -> None:
    changed = Assignment.objects.filter(pk=asked.pk, state=State.WAITING).update(
        state=state,
        decided_by=actor,
        decided_at=now,
        decision_note=note[:500],
        referral=asked.referral,
    )
    if not changed:
        raise CannotAssign(_("Somebody has decided about this already."))
    asked.refresh_from_db()


def _record(
    asked: Assignment, verdict: str, reason: str, actor: Any, note: str, now: datetime
) -> None:
    Decision.objects.create(
        program_id=asked.program_id,
        subject=_subject(asked),
        order_number=asked.order_number,
        verdict=verdict,
        reason=reason,
        inputs={"note": note, "value": asked.value, "currency": asked.currency},
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )


def _subject(asked: Assignment) -> str:
    return f"assignment:{asked.pk}"


def _order_of(asked: Assignment, *, needed: bool = True) -> Any:
    found = order_numbered(asked.order_number)
    if found is None and needed:
        raise CannotAssign(_("The order does not exist any more."))
    return found
