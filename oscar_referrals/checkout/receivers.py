"""Wiring of Oscar's and Django's signals. Receivers never raise: savepoint, log, leave the rest
to the periodic work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from oscar.core.loading import get_class, get_model

from oscar_referrals import signals
from oscar_referrals.checkout import credit, placement, voucher_moves
from oscar_referrals.checkout.isolation import after_the_request
from oscar_referrals.checkout.offers import ensure_offers
from oscar_referrals.checkout.quote import quote, withdraw_quote
from oscar_referrals.checkout.registration import register, register_at_login
from oscar_referrals.checkout.session import NEW_ACCOUNT, greet_member
from oscar_referrals.members.known_customers import remember_order
from oscar_referrals.members.proofs import is_proved_by_shop
from oscar_referrals.rewards.triggers import settle_guest, settle_order

logger = logging.getLogger(__name__)
#: Set on the order object by `order_placed`: it has nothing to do with referrals, so the payment
#: rows saved next in the same request need not look.
UNREFERRED = "_referral_none"


def quiet(receiver: Callable[..., None]) -> Callable[..., None]:
    """A receiver whose fault is logged and never reaches Oscar."""

    @wraps(receiver)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            receiver(*args, **kwargs)
        except Exception:
            logger.exception("Receiver %s failed; the periodic work repeats it", receiver.__name__)

    return guarded


def connect() -> None:
    """Connect all receivers; called once by the app's configuration."""
    basket = get_model("basket", "Basket")
    pairs: list[tuple[Any, Callable[..., None], Any]] = [
        (m2m_changed, vouchers_changed, basket.vouchers.through),
        (post_save, basket_saved, basket),
        (post_save, order_created, get_model("order", "Order")),
        (get_class("order.signals", "order_placed"), order_placed, None),
        (get_class("order.signals", "order_status_changed"), order_status_changed, None),
        (user_logged_in, logged_in, None),
        (get_class("customer.signals", "user_registered"), registered, None),
        (signals.publishing, publishing, None),
        (signals.offers_missing, offers_missing, None),
    ]
    for app, model in (
        ("payment", "Source"),
        ("payment", "Transaction"),
        ("order", "PaymentEvent"),
        ("order", "ShippingEvent"),
    ):
        pairs.append((post_save, order_fact_saved, get_model(app, model)))
    for signal, receiver, sender in pairs:
        name = f"oscar_referrals.{receiver.__name__}.{getattr(sender, '__name__', '')}"
        signal.connect(receiver, sender=sender, dispatch_uid=name, weak=False)


@quiet
def vouchers_changed(instance: Any, action: str, pk_set: Any, **kwargs: Any) -> None:
    """A voucher was put into a basket, or taken out, by whichever way."""
    if kwargs.get("reverse"):
        return
    if action == "post_add" and pk_set:
        voucher_moves.added(instance, set(pk_set))
    elif action == "post_add":
        voucher_moves.nothing_added()
    elif action == "post_remove" and pk_set:
        voucher_moves.removed(instance, set(pk_set))
    elif action == "pre_clear":
        voucher_moves.cleared(instance)


@quiet
def basket_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """Freezing a basket for payment marks what the shopper was quoted; thawing forgets it.

    Oscar saves an open basket when it makes or thaws it, and at no other time.
    """
    if instance.status == instance.FROZEN:
        quote(instance)
    elif instance.status == instance.OPEN and not created:
        withdraw_quote(instance)


@quiet
def order_created(instance: Any, created: bool, **kwargs: Any) -> None:
    """The order of a payment with store credit takes it, in Oscar's own transaction."""
    if created:
        credit.order_created(instance)


@quiet
def order_placed(order: Any, **kwargs: Any) -> None:
    """Remember the customer (the one query of an order without referral), then put right."""
    if not placement.is_ours(order):
        setattr(order, UNREFERRED, True)
    # Looking at the memory first: opening a savepoint costs every order two queries.
    after_the_request(remember_order, order=order)
    placement.put_right(order)


@quiet
def order_status_changed(order: Any, **kwargs: Any) -> None:
    """An order moved on in the shop's pipeline."""
    settle_order(order)


@quiet
def order_fact_saved(instance: Any, **kwargs: Any) -> None:
    """A payment, refund or shipment was recorded."""
    holder = instance if hasattr(instance, "order_id") else instance.source
    cached = holder.__dict__.get("_state").fields_cache.get("order")
    if cached is not None and getattr(cached, UNREFERRED, False):
        return
    settle_order(holder.order)


@quiet
def logged_in(request: Any, user: Any, **kwargs: Any) -> None:
    """Mark the session of an advocate, so that nobody else's pages need to ask."""
    if request is not None:
        greet_member(request, user)
        register_at_login(request, user)


@quiet
def registered(request: Any, user: Any, **kwargs: Any) -> None:
    """A friend who has taken an offer, or has ordered as a guest, opened an account."""
    if request is not None:
        register(request, user)
        setattr(request, NEW_ACCOUNT, user.pk)
    # Without a savepoint, for everybody who registers asks.
    after_the_request(_settle_new, user=user)


def _settle_new(user: Any) -> None:
    # A new account has opened no link of ours yet, so only the shop knows anything.
    if is_proved_by_shop(user):
        settle_guest(user)


def offers_missing(program: Any, **kwargs: Any) -> None:
    """Somebody deleted the program's offers in Oscar: make them again. A fault is the caller's."""
    with transaction.atomic():
        ensure_offers(program)


def publishing(version: Any, **kwargs: Any) -> None:
    """A version goes live: its program needs Oscar's rows. A fault stops publishing."""
    with transaction.atomic():
        ensure_offers(version.program)
