"""What is recorded with an order, inside Oscar's transaction, and what is put right after it."""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from oscar.core.loading import get_model

from oscar_referrals.attribution.bind import add_delivery, credit_order
from oscar_referrals.attribution.claims import existing_customer, is_own
from oscar_referrals.attribution.decide import CreditFacts
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import delivery
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.identity import email_key
from oscar_referrals.money import to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.losses import book_loss
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import spend
from oscar_referrals.rewards.triggers import settle_order

logger = logging.getLogger(__name__)


def record_use(*, pin: Pin, order: Any, discount: Decimal) -> None:
    """Record that the pin's discount went into the order. One savepoint; may raise."""
    amount = to_minor(discount, order.currency)
    # Oscar's generator makes numbers of type int; the column and our keys are text.
    number = str(order.number)
    with transaction.atomic():
        if pin.claim is not None:
            credit(claim=pin.claim, pin=pin, order=order, discount=amount, no_discount_reason="")
        elif pin.reward is not None:
            _spend(pin.reward, number, amount)


def record_delivery(*, pin: Pin, order: Any, discount: Decimal) -> None:
    """Record what the pin took off the delivery charge. One savepoint; may raise. Idempotent."""
    amount = to_minor(discount, order.currency)
    number = str(order.number)
    with transaction.atomic():
        if pin.reward is not None:
            _spend(pin.reward, number, amount)
        elif pin.claim is not None and not add_delivery(order_number=number, amount=amount):
            # Nothing came off the goods, so the order is not credited yet.
            credit(claim=pin.claim, pin=pin, order=order, discount=0, no_discount_reason="")
            add_delivery(order_number=number, amount=amount)


def _spend(reward: Reward, number: str, amount: int) -> None:
    if not spend(reward_id=reward.pk, order_number=number, amount=amount):
        # Another order has spent it meanwhile. The shopper keeps what was charged and shown.
        logger.error("Order %s got reward %s a second time", number, reward.pk)
        book_loss(reward=reward, order_number=number, amount=amount)


def credit(*, claim: Claim, pin: Pin, order: Any, discount: int, no_discount_reason: str) -> None:
    """Decide and store who gets the credit for an order placed under a pinned claim."""
    friend = order.user
    key = email_key(friend.email if friend is not None else order.guest_email)
    existing: bool | None
    if key and pin.checked_key == key:
        # Decided on entering checkout, for exactly this person; a refusal was pruned then.
        existing = pin.refusal != ""
    else:
        existing = existing_customer(
            claim.version, user=friend, key=key, excluding=str(order.number)
        )
    credit_order(
        claim=claim,
        order=order,
        friend=friend,
        facts=CreditFacts(
            is_own_code=is_own(claim.code, user=friend, key=key),
            is_existing_customer=existing,
            new_customers_only=claim.version.new_customers_only,
            already_referred=False,
            friend_discount=discount,
            no_discount_reason=no_discount_reason,
        ),
    )


def put_right(order: Any) -> None:
    """After the order: record what was taken off delivery, credit what had no discount of its own,
    un-burn what gave none.

    Oscar records a usage for every voucher in the basket, discount or not, and works out what came
    off the delivery charge after the benefit was asked. Reads only what is in memory, so that an
    order without our vouchers costs no query. A spent reward is settled at once, for its owner
    looks; a friend's order waits for its payment.
    """
    pins = known_pins(order.basket) if order.basket is not None else []
    by_voucher: dict[int, list[Pin]] = {}
    for pin in pins:
        by_voucher.setdefault(pin.voucher_id, []).append(pin)
    for voucher_id, of_voucher in by_voucher.items():
        _put_voucher_right(order, voucher_id, of_voucher)
    if any(pin.reward_id for pin in pins):
        settle_order(order)


def _put_voucher_right(order: Any, voucher_id: int, pins: list[Pin]) -> None:
    """``pins`` of one voucher: one per effect, of one claim or one reward."""
    off_goods = any(_gave_discount(pin, order.basket) for pin in pins if not pin.is_for_delivery)
    off_delivery = {
        pin: discount for pin in pins if (discount := _taken_off_delivery(pin, order.basket)) > 0
    }
    for pin, discount in off_delivery.items():
        record_delivery(pin=pin, order=order, discount=discount)
    if off_goods or off_delivery:
        return
    with transaction.atomic():
        unburn(order=order, voucher_id=voucher_id)
        if pins[0].claim is not None:
            credit(
                claim=pins[0].claim,
                pin=pins[0],
                order=order,
                discount=0,
                no_discount_reason=_why_not(pins),
            )


def _why_not(pins: list[Pin]) -> str:
    """Why a voucher gave nothing: by the pin that the shopper could have had most of."""
    for pin in pins:
        if pin.standing is not None:
            return pin.standing.reason
    return reasons.NO_DISCOUNT


def _gave_discount(pin: Pin, basket: Any) -> bool:
    application = basket.offer_applications.applications.get(pin.offer_id)
    return application is not None and application["voucher"].id == pin.voucher_id


def _taken_off_delivery(pin: Pin, basket: Any) -> Decimal:
    """What Oscar recorded for it; only the first offer on delivery has taken anything off."""
    if not (
        pin.is_for_delivery
        and _gave_discount(pin, basket)
        and delivery.takes_off(pin.offer_id, basket)
    ):
        return Decimal(0)
    return Decimal(basket.offer_applications.applications[pin.offer_id]["discount"])


def unburn(*, order: Any, voucher_id: int) -> None:
    """Delete Oscar's record of a use from which the order got nothing."""
    application = get_model("voucher", "VoucherApplication")
    deleted, _details = application.objects.filter(order=order, voucher_id=voucher_id).delete()
    if deleted:
        get_model("voucher", "Voucher").objects.filter(pk=voucher_id, num_orders__gt=0).update(
            num_orders=F("num_orders") - 1
        )


def is_ours(order: Any) -> bool:
    """A voucher of ours took part in the order's basket. No query."""
    return order.basket is not None and bool(known_pins(order.basket))
