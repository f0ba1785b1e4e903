"""Crediting an order to an advocate by hand: what may be, and what becomes of whoever had it.

A decision by staff outranks every code and link (A03). It makes a new referral beside the one that
counted until then, which stays as it was seen and is let go: no row is turned into another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oscar_referrals import conf, signals
from oscar_referrals.attribution.bind import goods_of
from oscar_referrals.attribution.candidates import Candidate
from oscar_referrals.attribution.choose import choose
from oscar_referrals.attribution.claims import WAYS, is_own
from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.known_customers import is_existing_customer
from oscar_referrals.members.merged import credited_to, family
from oscar_referrals.money import to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.programs.rules import first_refusal, friend_rules
from oscar_referrals.programs.rules.base import TillFacts
from oscar_referrals.programs.rules.precedence import Way
from oscar_referrals.sharing.models import ReferralCode


class CannotAssign(Exception):
    """It can't be done, for the reason that is its text, translated."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What crediting ``order`` to ``code`` does."""

    order: Any
    code: ReferralCode
    #: Key of the advocate who gets the credit: of two rows of one person the one that was kept.
    advocate_id: int
    #: The version that the friend claimed, else the one in force when the order was placed.
    version: ProgramVersion
    #: The referral that counts for the order until then, or was refused.
    replaced: Referral | None
    #: The friend registered through somebody and has not been credited with an order since.
    registration: Referral | None

    @property
    def taken_from(self) -> list[Referral]:
        """Referrals of others that are let go."""
        found = [row for row in (self.replaced, self.registration) if row is not None]
        return [
            row
            for row in found
            if row.state == Referral.State.BOUND and row.advocate_id != self.advocate_id
        ]


def plan_of(*, order: Any, code: ReferralCode, actor: Any, now: datetime) -> Plan:
    """What would be done. Raises CannotAssign, with the first thing that speaks against it.

    Never for the order or the code of ``actor``, after the ``ASSIGN_WINDOW``, for a friend who is
    the advocate or is credited with another order, or against a rule of the version.
    """
    refuse_own(order=order, code=code, actor=actor)
    number, key = str(order.number), _key_of(order)
    if now - order.date_placed > conf.get().ASSIGN_WINDOW:
        raise CannotAssign(
            _("The order is older than %(days)d days.") % {"days": conf.get().ASSIGN_WINDOW.days}
        )
    if code.program.site_id != (order.site_id or code.program.site_id):
        raise CannotAssign(_("The order was placed in another shop."))
    if is_own(code, user=order.user, key=key):
        raise CannotAssign(_("The friend and the advocate are the same person."))
    version = _version_for(order, code)
    if version is None:
        raise CannotAssign(_("The program had not begun when the order was placed."))
    plan = Plan(
        order=order,
        code=code,
        advocate_id=credited_to(code.advocate),
        version=version,
        replaced=Referral.objects.filter(order_number=number, replaced_at=None).first(),
        registration=_registration(order, code.program, key),
    )
    _check_bindings(plan, key)
    _check_rules(plan, key)
    return plan


def refuse_own(*, order: Any, code: ReferralCode, actor: Any) -> None:
    """Raises CannotAssign where staff would decide about an order or an account of their own."""
    key = email_key(actor.email)
    if order.user_id == actor.pk or (key and key == _key_of(order)):
        raise CannotAssign(_("This is your own order. Ask a colleague to decide."))
    if is_own(code, user=actor, key=key):
        raise CannotAssign(_("This is your own code. Ask a colleague to decide."))


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
    for other in plan.taken_from:
        _let_go(other, actor, now, subject)
    replaced = plan.replaced
    if replaced is not None:
        Referral.objects.filter(pk=replaced.pk).update(replaced_at=now)
    referral = _store(plan, claim, now)
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


def _store(plan: Plan, claim: Claim, now: datetime) -> Referral:
    order, replaced = plan.order, plan.replaced
    earlier = replaced.friend_discount + replaced.earlier_discount if replaced is not None else 0
    of_order = {
        "claim": claim,
        "order": order,
        "order_number": str(order.number),
        "currency": order.currency,
        "order_total": to_minor(order.total_incl_tax, order.currency),
        "basis": goods_of(order),
        "earlier_discount": earlier,
        "replaces": replaced,
        "state": Referral.State.BOUND,
        "reason": reasons.ASSIGNED,
        "created_at": order.date_placed,
        "settle_due_at": now,
    }
    own = plan.registration
    if own is not None and own.advocate_id == plan.advocate_id:
        # It stays under the version that the registration was promised its reward under.
        Referral.objects.filter(pk=own.pk).update(**of_order)
        return Referral.objects.get(pk=own.pk)
    return Referral.objects.create(
        program=plan.code.program,
        version=plan.version,
        code=plan.code,
        advocate_id=plan.advocate_id,
        friend=order.user,
        friend_key=_key_of(order),
        **of_order,
    )


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


def _key_of(order: Any) -> str:
    return email_key(order.user.email if order.user is not None else order.guest_email)


def _version_for(order: Any, code: ReferralCode) -> ProgramVersion | None:
    """What was shown is honoured: the version that the friend claimed before ordering, if any."""
    if order.user is not None:
        claim = (
            Claim.objects.filter(
                program=code.program,
                code__advocate__in=family(code.advocate),
                user=order.user,
                claimed_at__lte=order.date_placed,
                expires_at__gt=order.date_placed,
            )
            .select_related("version")
            .order_by("claimed_at")
            .first()
        )
        if claim is not None:
            return claim.version
    return (
        ProgramVersion.objects.filter(program=code.program, published_at__lte=order.date_placed)
        .order_by("-published_at")
        .first()
    )


def _bound(order: Any, program: Program, key: str) -> Any:
    """Referrals of the friend that count in the program."""
    person = Q(friend_key=key) if key else Q()
    if order.user is not None:
        person |= Q(friend=order.user)
    if not person:
        return Referral.objects.none()
    return Referral.objects.filter(person, program=program, state=Referral.State.BOUND)


def _registration(order: Any, program: Program, key: str) -> Referral | None:
    made: Referral | None = _bound(order, program, key).filter(order_number="").first()
    return made


def _check_bindings(plan: Plan, key: str) -> None:
    replaced = plan.replaced
    if (
        replaced is not None
        and replaced.state == Referral.State.BOUND
        and replaced.advocate_id in family(plan.code.advocate)
    ):
        raise CannotAssign(_("This order is credited to this advocate already."))
    others = _bound(plan.order, plan.code.program, key).exclude(order_number="")
    other = others.exclude(order_number=plan.order.number).first()
    if other is not None:
        raise CannotAssign(
            _("A friend is credited once, and this one is credited with order %(number)s.")
            % {"number": other.order_number}
        )


def _check_rules(plan: Plan, key: str) -> None:
    """The rules of the version, as they stood when the order was placed."""
    order, version, program = plan.order, plan.version, plan.code.program
    moment = order.date_placed
    incentives = version.incentives.filter(side=Incentive.Side.FRIEND).order_by("position", "pk")
    incentive = next((item for item in incentives if item.at_till), None)
    figures = (
        incentive.amounts.filter(currency=order.currency).first() if incentive is not None else None
    )
    since = program.status_changed_at
    changed_later = since is not None and since > moment
    refusal = first_refusal(
        friend_rules(version, incentive, figures),
        TillFacts(
            now=moment,
            currency=order.currency,
            eligible_total=to_minor(order.basket_total_before_discounts_incl_tax, order.currency),
            program_status=Program.Status.LIVE if changed_later else program.status,
            status_changed_at=since,
            claimed_at=moment,
            claim_expires_at=moment + timedelta(days=version.attribution_days),
            # A leak is no fault of the advocate's: staff have looked at this one.
            code_blocked=False,
            is_own_code=False,
            is_existing_customer=version.new_customers_only
            and is_existing_customer(
                user=order.user,
                key=key,
                cancelled_orders_count=version.cancelled_orders_count,
                excluding=str(order.number),
                before=moment,
            ),
        ),
    )
    if refusal is not None:
        raise CannotAssign(
            _("The rules of the program say no: %(reason)s.")
            % {"reason": reasons.staff_text(refusal.reason)}
        )


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
