"""Credits by hand: one person asks, with evidence; above a value another one has to agree."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from oscar_referrals import conf, signals
from oscar_referrals.attribution.assign import CannotAssign, Plan, assign, plan_of, refuse_own
from oscar_referrals.attribution.assignments import Assignment, LateClaim
from oscar_referrals.attribution.bind import goods_of
from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Claim, Decision
from oscar_referrals.money import to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.programs.choices import groups_of
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.by_hand import NotPossible, require_reason
from oscar_referrals.rewards.entitlements import figures_in
from oscar_referrals.rewards.facts import facts_of
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.triggers import try_settle
from oscar_referrals.sharing.models import ReferralCode

State = Assignment.State
#: What the order itself earns; the rest comes with later orders and numbers of referrals.
BY_ORDER = (Incentive.Trigger.FIRST_ORDER, Incentive.Trigger.ORDER_OVER)
#: Rewards that are owed, or were given.
COUNTS = (Reward.State.PENDING, Reward.State.AVAILABLE, Reward.State.REDEEMED)
LONGEST_EVIDENCE = 4000


def order_numbered(number: str) -> Any:
    """The order with this number, with its customer; None if there is none."""
    orders = get_model("order", "Order")._default_manager.select_related("user", "site")
    return orders.filter(number=number).first()


def look(*, order: Any, code: ReferralCode, actor: Any, now: datetime | None = None) -> Plan:
    """What crediting the order by hand would do. Raises CannotAssign if it can't be done."""
    plan = plan_of(order=order, code=code, actor=actor, now=now or timezone.now())
    undone = _facts(order).undone
    if undone:
        raise CannotAssign(reasons.staff_text(undone) + ".")
    return plan


def value_of(plan: Plan) -> int | None:
    """What is at stake in minor units of the order's currency: what is given, or what is taken.

    The larger of the two. None if a part of it is no amount of money.
    """
    given = _given(plan)
    taken = _taken(plan)
    return None if given is None or taken is None else max(given, taken)


def needs_another(plan: Plan) -> bool:
    """Does a second person have to agree (``ASSIGN_ALONE``)?"""
    value = value_of(plan)
    most = conf.get().ASSIGN_ALONE.get(plan.order.currency, 0)
    return value is None or value > most


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
        plan = look(order=order, code=code, actor=actor, now=moment)
        try:
            with transaction.atomic():
                asked = Assignment.objects.create(
                    program=code.program,
                    code=code,
                    order_number=str(order.number),
                    currency=order.currency,
                    value=value_of(plan),
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
        if needs_another(plan):
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


def _facts(order: Any) -> Any:
    return facts_of(
        order,
        number=str(order.number),
        currency=order.currency,
        total=to_minor(order.total_incl_tax, order.currency),
    )


def _given(plan: Plan) -> int | None:
    """What the order earns both sides, alternatives by the dearest."""
    currency, basis = plan.order.currency, goods_of(plan.order)
    whole = 0
    for alternatives in groups_of(plan.version):
        worths = []
        for incentive in alternatives:
            if incentive.at_till or incentive.trigger not in BY_ORDER:
                continue
            figures = figures_in(incentive, currency)
            worth = kind_of(incentive.kind).earn(
                incentive=incentive, figures=figures, currency=currency, basis=basis
            )
            if worth is None:
                continue
            if worth.unit == currency:
                worths.append(worth.amount)
            elif figures is not None and figures.maximum is not None:
                worths.append(figures.maximum)
            else:
                return None
        whole += max(worths, default=0)
    return whole


def _taken(plan: Plan) -> int | None:
    """What those lose who had the credit until then."""
    whole = 0
    rewards = Reward.objects.filter(referral__in=plan.taken_from, state__in=COUNTS)
    for reward in rewards.exclude(incentive=None).select_related("incentive"):
        if reward.incentive is not None and reward.incentive.at_till:
            continue
        if reward.unit != plan.order.currency:
            return None
        whole += reward.net
    return whole
