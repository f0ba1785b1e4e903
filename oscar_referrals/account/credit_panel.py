"""Store credit on the basket's and the checkout's pages, and in the totals of an order."""

from __future__ import annotations

from typing import Any, NamedTuple

from oscar_referrals.account.ready_rewards import ready_rewards
from oscar_referrals.checkout.credit_choice import choice_of, currency_of, may_have_credit
from oscar_referrals.money import format_money, to_minor
from oscar_referrals.rewards.credit.lots import is_lot
from oscar_referrals.rewards.credit.payment import used_for


class ToPay(NamedTuple):
    """How a total is paid, in words: "RM 20" of credit, "RM 60" by other means."""

    credit: str
    rest: str


def credit_panel(request: Any, total: Any) -> dict[str, Any]:
    """The variables of the panel. One query at most, and none for who can't have credit.

    ``total`` is the price of the order as far as it is known, or None for that of the basket.
    """
    if not may_have_credit(request) or not hasattr(request, "basket"):
        return {}
    basket = request.basket
    if not basket.id or basket.is_empty:
        return {}
    to_pay = to_pay_of(request, total)
    if to_pay is not None:
        return {"to_pay": to_pay}
    currency = currency_of(basket)
    lots = [lot for lot in ready_rewards(request) if is_lot(lot) and lot.currency == currency]
    spendable, elsewhere = sum(lot.left for lot in lots), sum(lot.reserved for lot in lots)
    return {
        "spendable": format_money(spendable, currency) if spendable else "",
        "in_payment": format_money(elsewhere, currency) if elsewhere else "",
    }


def to_pay_of(request: Any, total: Any) -> ToPay | None:
    """How the request's basket will be paid; None without credit. No query."""
    if not hasattr(request, "basket") or (choice := choice_of(request)) is None:
        return None
    whole = _minor(total if total is not None else request.basket, choice.currency)
    credit = min(choice.amount, whole)
    return ToPay(
        format_money(credit, choice.currency), format_money(whole - credit, choice.currency)
    )


def paid_of(request: Any, order: Any) -> ToPay | None:
    """How an order was paid; None without credit. One query, for those who may have some."""
    if request is None or not may_have_credit(request):
        return None
    credit = used_for(str(order.number))
    whole = to_minor(order.total_incl_tax, order.currency)
    if not credit:
        return None
    return ToPay(
        format_money(credit, order.currency), format_money(max(0, whole - credit), order.currency)
    )


def _minor(price: Any, currency: str) -> int:
    """A price of Oscar's, or a basket's total, in minor units; with tax where that is known."""
    if hasattr(price, "incl_tax"):
        return to_minor(price.incl_tax if price.is_tax_known else price.excl_tax, currency)
    return to_minor(price.total_incl_tax if price.is_tax_known else price.total_excl_tax, currency)
