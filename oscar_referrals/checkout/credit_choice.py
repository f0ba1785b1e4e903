"""What a shopper wants to pay with store credit: kept in the session, set aside for the basket.

The session knows of it, so that nobody else's pages ask the database.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from oscar.core.loading import get_class

from oscar_referrals import conf
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.checkout.session import may_have_rewards
from oscar_referrals.money import format_money
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.payment import held_by, reopen
from oscar_referrals.rewards.credit.wallet import CreditRefused, release, reserve

CheckoutSessionData = get_class("checkout.utils", "CheckoutSessionData")

SESSION_KEY = "referrals_credit"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which basket is to be paid with credit, and how much is set aside for that."""

    basket: int
    currency: str
    #: In minor units; what the pages say, and what the payment takes at most.
    amount: int
    #: All of it, as the shopper has said.
    everything: bool


def may_have_credit(request: HttpRequest) -> bool:
    """The shop takes credit, and the session is of somebody who may have some. No query."""
    return may_have_rewards(request) and bool(conf.get().CREDIT_AT_CHECKOUT)


def choice_of(request: ShopRequest, basket_id: int | None = None) -> Choice | None:
    """The choice for a basket (default: the request's); None if there is none. No query."""
    choices = request.session.get(SESSION_KEY)
    if not choices or not request.user.is_authenticated:
        return None
    kept = choices.get(str(request.basket.id if basket_id is None else basket_id))
    return Choice(**kept) if kept else None


def credit_in(request: ShopRequest) -> int:
    """What the basket would be paid with if it were ordered now; no query without a choice."""
    choice = choice_of(request)
    if choice is None:
        return 0
    if request.method == "GET":
        # `keep_up` has just seen to it.
        return choice.amount
    return min(choice.amount, held_by(choice.basket).reserved)


def use_credit(request: ShopRequest, amount: int | None) -> None:
    """Set ``amount`` minor units aside (None: all), and say so in one message."""
    basket = request.basket
    if not basket.id or basket.is_empty:
        messages.info(request, _("Add a product to your basket first, then use your credit."))
        return
    currency = currency_of(basket)
    # If a payment of this basket failed, its credit still counts as part of that.
    reopen(basket_id=basket.id)
    try:
        held = reserve(
            owner_id=request.user.pk, basket_id=basket.id, currency=currency, amount=amount
        )
    except CreditRefused as refused:
        messages.error(request, _refusal(refused, currency))
        return
    if not held:
        _forget(request, basket.id)
        messages.error(request, _("You have no store credit to use on this order."))
        return
    _keep(
        request, Choice(basket=basket.id, currency=currency, amount=held, everything=amount is None)
    )
    messages.success(
        request,
        _("%(amount)s of your store credit is set aside for this basket.")
        % {"amount": format_money(held, currency)},
    )


def remove_credit(request: ShopRequest) -> None:
    """Use no credit for the request's basket after all."""
    if choice_of(request) is None:
        return
    reopen(basket_id=request.basket.id)
    release(basket_id=request.basket.id)
    _forget(request, request.basket.id)
    messages.success(request, _("No store credit is used for this basket any more."))


def keep_up(request: ShopRequest) -> None:
    """Before a page that shows the total: set aside again what the basket has lost meanwhile.

    One query, and none for a shopper who did not ask for credit. Says so where it is less now.
    """
    _forget_old(request)
    choice = choice_of(request)
    if choice is None:
        return
    held = held_by(choice.basket)
    if held.reserved == choice.amount and not held.in_payment:
        return
    if held.in_payment:
        # If the basket is open again, that payment has failed.
        reopen(basket_id=choice.basket)
    _set_aside_again(request, choice)


def _set_aside_again(request: ShopRequest, choice: Choice) -> None:
    wanted = None if choice.everything else choice.amount
    order = {"owner_id": request.user.pk, "basket_id": choice.basket, "currency": choice.currency}
    try:
        amount = reserve(**order, amount=wanted)
    except CreditRefused as refused:
        if refused.reason != reasons.CREDIT_SHORT:
            # Another request is paying with it at this moment.
            return
        amount = reserve(**order)
    if amount < choice.amount:
        messages.warning(
            request,
            _("Of your store credit, %(amount)s can be used for this order now.")
            % {"amount": format_money(amount, choice.currency)},
        )
    if amount:
        _keep(request, Choice(**{**asdict(choice), "amount": amount}))
    else:
        _forget(request, choice.basket)


def currency_of(basket: object) -> str:
    """The basket's currency; the shop's while it has none."""
    return getattr(basket, "currency", None) or settings.OSCAR_DEFAULT_CURRENCY


def _keep(request: HttpRequest, choice: Choice) -> None:
    choices = request.session.get(SESSION_KEY, {})
    kept = choices | {str(choice.basket): asdict(choice)}
    if kept != choices:
        request.session[SESSION_KEY] = kept


def _forget(request: HttpRequest, basket_id: int) -> None:
    choices = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = {
        key: kept for key, kept in choices.items() if key != str(basket_id)
    }


def _forget_old(request: ShopRequest) -> None:
    """Keep the choices of the open basket and of the one that is with the payment provider."""
    choices = request.session.get(SESSION_KEY)
    if not choices:
        return
    submission = request.session.get(CheckoutSessionData.SESSION_KEY, {}).get("submission", {})
    alive = {str(request.basket.id), str(submission.get("basket_id"))}
    for key in choices.keys() - alive:
        _forget(request, int(key))


def _refusal(refused: CreditRefused, currency: str) -> str:
    if refused.reason == reasons.CREDIT_SHORT:
        return _("You have %(amount)s of store credit to use. Please enter no more than that.") % {
            "amount": format_money(refused.spendable, currency)
        }
    return reasons.shopper_text(refused.reason)
