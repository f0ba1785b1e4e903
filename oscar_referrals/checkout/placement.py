"""What is recorded with an order, inside Oscar's transaction, and what is put right after it."""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from oscar.core.loading import get_model

from oscar_referrals.attribution.bind import credit_order
from oscar_referrals.attribution.claims import existing_customer, is_own
from oscar_referrals.attribution.decide import CreditFacts
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.identity import email_key
from oscar_referrals.money import to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.losses import book_loss
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
        elif pin.reward is not None and not spend(
            reward_id=pin.reward.pk, order_number=number, amount=amount
        ):
            # Another order has spent it meanwhile. The shopper keeps what was charged and shown.
            logger.error("Order %s got reward %s a second time", number, pin.reward.pk)
            book_loss(reward=pin.reward, order_number=number, amount=amount)


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
    """After the order: credit what had no discount of its own, un-burn what gave none.

    Oscar records a usage for every voucher in the basket, discount or not. Reads only what is in
    memory, so that an order without our vouchers costs no query. A spent reward is settled at
    once, for its owner looks; a friend's order waits for its payment.
    """
    pins = known_pins(order.basket) if order.basket is not None else []
    for pin in pins:
        if not _gave_discount(pin, order.basket):
            with transaction.atomic():
                unburn(order=order, voucher_id=pin.voucher_id)
                if pin.claim is not None:
                    reason = pin.standing.reason if pin.standing else reasons.NO_DISCOUNT
                    credit(
                        claim=pin.claim,
                        pin=pin,
                        order=order,
                        discount=0,
                        no_discount_reason=reason,
                    )
    if any(pin.reward_id for pin in pins):
        settle_order(order)


def _gave_discount(pin: Pin, basket: Any) -> bool:
    application = basket.offer_applications.applications.get(pin.offer_id)
    return application is not None and application["voucher"].id == pin.voucher_id


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
