"""Orders that a fault left behind: a voucher of ours was used, and nothing of ours was recorded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.placement import credit, record_delivery, record_use
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.rewards.ledger import LOSS
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.upkeep.claiming import one_by_one
from oscar_referrals.upkeep.progress import Progress


def reconcile(*, days: int = 7) -> Progress:
    """Record what recent orders used but nobody recorded. Idempotent, and safe in parallel.

    Looks at the usages Oscar recorded in the last ``days``; each is a transaction of its own.
    """
    return one_by_one(
        _unrecorded(days),
        lambda application: _repair(application.order, application.voucher_id),
        subject=lambda application: f"Order {application.order.number}",
    )


def _unrecorded(days: int) -> Any:
    applications = get_model("voucher", "VoucherApplication").objects.filter(
        date_created__gte=timezone.now() - timedelta(days=days)
    )
    recorded = Referral.objects.filter(order_number=OuterRef("order__number"))
    spent = Reward.objects.filter(
        spent_order_number=OuterRef("order__number"), voucher=OuterRef("voucher")
    )
    # An order that was undone gave its reward back: that is recorded, and no fault.
    given_back = Decision.objects.filter(
        order_number=OuterRef("order__number"), reason=reasons.RESTORED
    )
    lost = LedgerEntry.objects.filter(
        event=LOSS,
        reward__voucher=OuterRef("voucher"),
        key__startswith=Concat(Value(f"{LOSS}:"), OuterRef("order__number"), Value(":")),
    )
    # The order was credited for its goods, and the fault came before its delivery was recorded.
    not_all_recorded = Referral.objects.filter(
        order_number=OuterRef("order__number"), replaces=None, shipping_discount=0
    )
    off_delivery = get_model("order", "OrderDiscount")
    off_delivery = off_delivery.objects.filter(
        order=OuterRef("order"),
        voucher_id=OuterRef("voucher"),
        category=off_delivery.SHIPPING,
        amount__gt=0,
    )
    ours = ReferralCode.objects.filter(voucher=OuterRef("voucher"))
    rewards = Reward.objects.filter(voucher=OuterRef("voucher"))
    return applications.filter(
        (Exists(ours) & ~Exists(recorded))
        | (Exists(ours) & Exists(not_all_recorded) & Exists(off_delivery))
        | (Exists(rewards) & ~Exists(spent) & ~Exists(given_back) & ~Exists(lost))
    ).select_related("order__user", "order__basket")


def _repair(order: Any, voucher_id: int) -> int:
    pin = (
        Pin.objects.filter(basket_id=order.basket_id, voucher_id=voucher_id)
        .select_related("claim__version__program", "claim__code__advocate", "reward")
        .order_by("pk")
        .first()
    ) or _pin_from_order(order, voucher_id)
    if pin is None:
        return 0
    off_goods, off_delivery = _discounts(order, voucher_id)
    if off_goods:
        record_use(pin=pin, order=order, discount=off_goods)
    if off_delivery:
        record_delivery(pin=pin, order=order, discount=off_delivery)
    if off_goods or off_delivery:
        return 1
    if pin.claim is None:
        return 0
    reason = _why_not(order, voucher_id)
    credit(claim=pin.claim, pin=pin, order=order, discount=0, no_discount_reason=reason)
    return 1


def _discounts(order: Any, voucher_id: int) -> tuple[Decimal, Decimal]:
    """What the voucher took off the order's goods, and off its delivery charge."""
    off_goods = off_delivery = Decimal(0)
    for discount in order.discounts.filter(voucher_id=voucher_id):
        if discount.is_shipping_discount:
            off_delivery += discount.amount
        else:
            off_goods += discount.amount
    return off_goods, off_delivery


def _why_not(order: Any, voucher_id: int) -> str:
    """As the pins remember it, of which there is one per effect."""
    for pin in Pin.objects.filter(basket_id=order.basket_id, voucher_id=voucher_id).order_by("pk"):
        if pin.delivery == 0:
            return reasons.FREE_SHIPPING_ALREADY
        if pin.rival or pin.refusal:
            return reasons.BETTER_OFFER if pin.rival else pin.refusal
    return reasons.NO_DISCOUNT


def _pin_from_order(order: Any, voucher_id: int) -> Pin | None:
    """Without the pin (the basket was deleted): under the claim of this customer, or a new one.

    Claims of guests have no owner, so none of them may be taken for this guest's.
    """
    reward = Reward.objects.filter(voucher_id=voucher_id).first()
    if reward is not None:
        return Pin(basket_id=order.basket_id, voucher_id=voucher_id, reward=reward)
    claim = _claim_of(order, voucher_id) or _claim_for(order, voucher_id)
    return Pin(basket_id=order.basket_id, voucher_id=voucher_id, claim=claim) if claim else None


def _claim_of(order: Any, voucher_id: int) -> Claim | None:
    if order.user is None:
        return None
    return (
        Claim.objects.filter(
            code__voucher_id=voucher_id, user=order.user, claimed_at__lte=order.date_placed
        )
        .select_related("version__program", "code__advocate")
        .order_by("-claimed_at")
        .first()
    )


def _claim_for(order: Any, voucher_id: int) -> Claim | None:
    """A claim made with the order itself, under the version that was in force then."""
    code = ReferralCode.objects.select_related("program", "advocate").get(voucher_id=voucher_id)
    version = (
        ProgramVersion.objects.filter(program=code.program, published_at__lte=order.date_placed)
        .order_by("-published_at")
        .first()
    )
    if version is None:
        return None
    return Claim.objects.create(
        program=code.program,
        version=version,
        code=code,
        user=order.user,
        method=Claim.Method.TYPED,
        claimed_at=order.date_placed,
        expires_at=order.date_placed + timedelta(days=version.attribution_days),
    )
