"""Paying an order with store credit: the hook of a shop's payment view, and the order's side of it.

    def handle_payment(self, order_number, total, **kwargs):
        total = pay_with_credit(self, order_number, total)
        if total.incl_tax:
            ...  # as before, with what is still to pay

Credit is a tender and no discount: the order keeps its total and its tax, and a part of it is paid
from a payment source of a type of its own.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from oscar.apps.payment.exceptions import RedirectRequired
from oscar.core.loading import get_model
from oscar.core.prices import Price

from oscar_referrals.checkout.credit_choice import choice_of
from oscar_referrals.money import to_major, to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import CreditRefused, release
from oscar_referrals.rewards.facts import CREDIT_SOURCE
from oscar_referrals.rewards.triggers import settle_order

logger = logging.getLogger(__name__)

#: The number of the order that this request pays with credit: nobody else's order has to ask.
_paying: ContextVar[str] = ContextVar("oscar_referrals_paying", default="")


def pay_with_credit(view: Any, order_number: Any, total: Any) -> Any:
    """Pay what the preview said with credit; returns the price that is still to pay.

    ``view`` is a view of Oscar's `OrderPlacementMixin` whose basket was submitted. Call it before
    anything is charged, and in a payment that leads elsewhere once more on the way back, where it
    only records the source again: for one order number the amount is taken once. Nothing happens,
    and no query is made, where the shopper asked for no credit.

    Raises Oscar's RedirectRequired, back to the preview and with a message, when less is left than
    was shown; the basket is open again then, and nothing was taken.
    """
    # A payment that failed in this thread has left its number behind.
    _paying.set("")
    basket_id = view.checkout_session.get_submitted_basket_id() or view.request.basket.id
    choice = choice_of(view.request, basket_id)
    whole = to_minor(total.incl_tax, total.currency)
    if choice is None:
        return total
    number = str(order_number)
    if whole <= 0:
        # Its order gives back what is set aside.
        _paying.set(number)
        return total
    try:
        amount = begin(
            basket_id=basket_id,
            order_number=number,
            currency=total.currency,
            amount=min(choice.amount, whole),
        )
    except CreditRefused as refused:
        view.restore_frozen_basket()
        messages.warning(view.request, reasons.shopper_text(refused.reason))
        raise RedirectRequired(reverse("checkout:preview")) from refused
    _paying.set(number)
    view.add_payment_source(credit_source(number, amount, total.currency))
    rest = total.incl_tax - to_major(amount, total.currency)
    # An amount of money and no taxable price: the tax is that of the whole order.
    return Price(currency=total.currency, excl_tax=rest, incl_tax=rest)


def credit_source(order_number: str, amount: int, currency: str) -> Any:
    """The payment source of ``amount`` minor units of credit, to be saved with its order."""
    paid = to_major(amount, currency)
    source = get_model("payment", "Source")(
        source_type=source_type(),
        currency=currency,
        amount_allocated=paid,
        amount_debited=paid,
        reference=f"credit-{order_number}",
    )
    source.create_deferred_transaction("Debit", paid, reference=source.reference)
    return source


def source_type() -> Any:
    """The type of payment source that credit is recorded as."""
    found, _created = get_model("payment", "SourceType").objects.get_or_create(
        code=CREDIT_SOURCE, defaults={"name": "Store credit"}
    )
    return found


def order_created(order: Any) -> None:
    """Capture the credit of an order, inside Oscar's transaction. No query if it has none here.

    How much is left of each lot is right from now on. What else follows, in books and states, comes
    after the commit for one lot, and for further ones with the periodic work: the shopper need not
    wait for all of them. An order that needs no credit gives back what its basket holds. An order
    that was placed by other means, or a fault here, is for the periodic work.
    """
    number = str(order.number)
    if _paying.get() != number:
        return
    _paying.set("")
    with transaction.atomic():
        if order.basket is not None:
            # Oscar locks the vouchers next, and everybody takes those before rows of ours.
            list(order.basket.vouchers.select_for_update().values_list("pk"))
        if capture(order_number=number):
            settle_order(order, at_once=1)
        elif order.basket_id is not None:
            give_back = partial(release, basket_id=order.basket_id)
            transaction.on_commit(give_back, robust=True)
