"""What crediting an order to an advocate by hand would do, and what speaks against it.

The rules are those of the version that the friend was shown, as they stood at the order.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.attribution.bind import goods_of
from oscar_referrals.attribution.claims import is_own
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.known_customers import is_existing_customer
from oscar_referrals.members.merged import credited_to, family, is_person
from oscar_referrals.money import to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.programs.rules import first_refusal, friend_rules
from oscar_referrals.programs.rules.base import TillFacts
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
    #: The version that the friend was shown, else the one in force when the order was placed.
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

    @property
    def signed_up_at(self) -> datetime | None:
        """When the friend registered, if that was somebody else's until then: it goes along."""
        moments = (
            row.signed_up_at for row in self.taken_from if row.program_id == self.code.program_id
        )
        return next((moment for moment in moments if moment is not None), None)

    def as_referral(self, *, now: datetime, claim: Claim | None = None) -> Referral:
        """The referral that the order will have, not saved: a new one, unless the friend registered
        through the same advocate, under the version that the registration was promised."""
        order, replaced, own = self.order, self.replaced, self.registration
        earlier = replaced.friend_discount + replaced.earlier_discount if replaced else 0
        if own is not None and own.advocate_id == self.advocate_id:
            referral = copy(own)
        else:
            referral = Referral(
                program=self.code.program,
                version=self.version,
                code=self.code,
                advocate_id=self.advocate_id,
                friend=order.user,
                friend_key=_key_of(order),
                signed_up_at=self.signed_up_at,
            )
        referral.claim = claim
        referral.order, referral.order_number = order, str(order.number)
        referral.currency = order.currency
        referral.order_total = to_minor(order.total_incl_tax, order.currency)
        referral.basis, referral.earlier_discount = goods_of(order), earlier
        referral.replaces = replaced
        referral.state, referral.reason = Referral.State.BOUND, reasons.ASSIGNED
        referral.created_at, referral.settle_due_at = order.date_placed, now
        return referral


def plan_of(*, order: Any, code: ReferralCode, actor: Any, now: datetime) -> Plan:
    """What would be done. Raises CannotAssign, with the first thing that speaks against it.

    Never for the order or the code of ``actor`` or an order credited to them, after the
    ``ASSIGN_WINDOW``, for a friend who is the advocate or is credited with another order, or
    against a rule of the version.
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
    replaced = Referral.objects.filter(order_number=number, replaced_at=None).first()
    registration = _registration(order, code.program, key)
    version = _version_for(order, code, [replaced, registration])
    if version is None:
        raise CannotAssign(_("The program had not begun when the order was placed."))
    plan = Plan(
        order=order,
        code=code,
        advocate_id=credited_to(code.advocate),
        version=version,
        replaced=replaced,
        registration=registration,
    )
    _check_bindings(plan, key)
    _check_rules(plan, key)
    return plan


def refuse_own(*, order: Any, code: ReferralCode, actor: Any) -> None:
    """Raises CannotAssign where staff would decide about an order or an account of their own."""
    refuse_own_order(order=order, actor=actor)
    if is_own(code, user=actor, key=email_key(actor.email)):
        raise CannotAssign(_("This is your own code. Ask a colleague to decide."))


def refuse_own_order(*, order: Any, actor: Any) -> None:
    """Raises CannotAssign where staff placed the order, or have the credit for it."""
    key = email_key(actor.email)
    if order.user_id == actor.pk or (key and key == _key_of(order)):
        raise CannotAssign(_("This is your own order. Ask a colleague to decide."))
    credited = Referral.objects.filter(
        order_number=str(order.number), state=Referral.State.BOUND, replaced_at=None
    ).select_related("advocate")
    if any(is_person(row.advocate, user=actor, key=key) for row in credited):
        raise CannotAssign(_("You have the credit for this order. Ask a colleague to decide."))


def _key_of(order: Any) -> str:
    return email_key(order.user.email if order.user is not None else order.guest_email)


def _version_for(
    order: Any, code: ReferralCode, known: list[Referral | None]
) -> ProgramVersion | None:
    """What was shown is honoured: the version that the friend claimed before ordering, if any.

    Of the advocate who gets the credit, else of whoever had it until then.
    """
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
    for referral in known:
        if referral is not None and referral.program_id == code.program_id:
            return referral.version
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
