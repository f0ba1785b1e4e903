"""Buying in the demonstration shop through Oscar's own classes, without a browser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.core.loading import get_class, get_model

from checkout import payment
from oscar_referrals.checkout.credit import credit_source
from oscar_referrals.money import to_major, to_minor
from oscar_referrals.rewards.credit import wallet
from oscar_referrals.rewards.credit.payment import begin, capture

Basket = get_model("basket", "Basket")


def fill_basket(user: Any, products: list[Any]) -> Any:
    """A new basket of ``user`` (None for a guest) with one of each product."""
    basket = Basket.objects.create(owner=user)
    basket.strategy = get_class("partner.strategy", "Selector")().strategy()
    for product in products:
        basket.add_product(product, 1)
    return basket


def place(basket: Any, *, name: tuple[str, str], guest_email: str = "") -> Any:
    """Price the basket with its offers and place the order; nothing is paid yet."""
    user = basket.owner or AnonymousUser()
    basket.reset_offer_applications()
    get_class("offer.applicator", "Applicator")().apply(basket, user)
    address = get_model("order", "ShippingAddress").objects.create(
        first_name=name[0],
        last_name=name[1],
        line1="12 Jalan Kenanga",
        line4="Kuala Lumpur",
        postcode="50200",
        country=get_model("address", "Country").objects.get(pk="MY"),
    )
    method = get_class("shipping.repository", "Repository")().get_default_shipping_method(
        basket=basket, user=user, shipping_addr=address
    )
    charge = method.calculate(basket)
    order = get_class("order.utils", "OrderCreator")().place_order(
        basket=basket,
        total=get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge),
        shipping_method=method,
        shipping_charge=charge,
        shipping_address=address,
        user=user,
        **({"guest_email": guest_email} if guest_email else {}),
    )
    basket.submit()
    return order


def expect_transfer(order: Any) -> None:
    """The customer promises a bank transfer, which has not arrived."""
    source = payment.unsaved_source(
        code=payment.TRANSFER,
        amount=order.total_incl_tax,
        currency=order.currency,
        debited=False,
    )
    source.order = order
    source.save()


def take_credit(order: Any, basket: Any) -> Decimal:
    """Half of the owner's credit pays a part of the order; how much that is."""
    balance = wallet.balance(owner_id=order.user_id, currency=order.currency).spendable
    amount = min(balance // 2, to_minor(order.total_incl_tax, order.currency))
    if not amount:
        return Decimal(0)
    number = str(order.number)
    wallet.reserve(
        owner_id=order.user_id, basket_id=basket.pk, currency=order.currency, amount=amount
    )
    begin(basket_id=basket.pk, order_number=number, currency=order.currency, amount=amount)
    capture(order_number=number)
    source = credit_source(number, amount, order.currency)
    source.order = order
    source.save()
    return to_major(amount, order.currency)


def take_payment(order: Any, *, credit: Decimal = Decimal(0)) -> None:
    """The card is charged for what credit does not pay: the source and the event that the shop's
    checkout would record."""
    charged = order.total_incl_tax - credit
    if not charged:
        return
    source = payment.unsaved_source(
        code=payment.CARD,
        amount=charged,
        currency=order.currency,
        debited=True,
    )
    source.order = order
    source.save()
    event_type = get_model("order", "PaymentEventType").objects.get(name=payment.PAID_EVENT)
    get_model("order", "PaymentEvent").objects.create(
        order=order,
        event_type=event_type,
        amount=charged,
        reference=source.reference,
    )


def move_to(order: Any, *statuses: str) -> None:
    """Take the order through the shop's pipeline."""
    for status in statuses:
        if status in order.available_statuses():
            order.set_status(status)


def give_back(order: Any) -> None:
    """The whole amount goes back to the customer."""
    for source in order.sources.all():
        source.refund(source.amount_debited, reference=payment.reference())
    event_type = get_model("order", "PaymentEventType").objects.get(name=payment.REFUNDED_EVENT)
    get_model("order", "PaymentEvent").objects.create(
        order=order, event_type=event_type, amount=order.total_incl_tax
    )
    move_to(order, "Refunded")
