"""Tags for any template of the shop: a call to action, the basket's part, names of our discounts.

Whoever has no referral pays no query for the basket's tags; a page with any number of calls to
action pays for one look at the live program.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oscar_referrals.account.basket_panel import basket_panel, discount_label, pinned_label
from oscar_referrals.account.credit_panel import ToPay, credit_panel, paid_of, to_pay_of
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.session import is_member
from oscar_referrals.money import format_day
from oscar_referrals.programs.live import live_offer
from oscar_referrals.programs.models import Incentive

register = template.Library()
PRINTED = "_referral_styles_printed"


@register.simple_tag(takes_context=True)
def referral_styles(context: Context) -> SafeString | str:
    """Our style sheet, once per page, wherever the first of our parts stands."""
    request = context.get("request")
    if request is not None:
        if getattr(request, PRINTED, False):
            return ""
        setattr(request, PRINTED, True)
    return render_to_string("oscar_referrals/partials/styles.html")


@register.inclusion_tag("oscar_referrals/partials/call_to_action.html", takes_context=True)
def referral_call_to_action(context: Context, heading: str = "") -> dict[str, Any]:
    """Invite the visitor to share; prints nothing while no program is live, or none is left."""
    request = context.get("request")
    offer = live_offer(request)
    if offer is None or used_up.for_pages(offer.version):
        return {}
    return {
        "request": request,
        "friend_gets": offer.sentence(Incentive.Side.FRIEND, reader=Incentive.Side.ADVOCATE),
        "advocate_gets": offer.sentence(Incentive.Side.ADVOCATE),
        "heading": heading or _("Refer a friend, and both of you get something"),
        "is_member": request is not None and is_member(request),
    }


@register.inclusion_tag("oscar_referrals/partials/basket.html", takes_context=True)
def referral_basket(context: Context) -> dict[str, Any]:
    """Codes that wait, an offer that waits for goods, and rewards to use, in the basket."""
    request = context.get("request")
    if request is None:
        return {}
    return basket_panel(request) | {"request": request, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("oscar_referrals/partials/credit.html", takes_context=True)
def referral_credit(context: Context) -> dict[str, Any]:
    """Pay with store credit: what there is to use, or what will be used. For any page of the till.

    Reads ``order_total`` of the context where the page has it.
    """
    request = context.get("request")
    if request is None:
        return {}
    panel = credit_panel(request, context.get("order_total") or None)
    return panel | {"request": request, "csrf_token": context.get("csrf_token")}


@register.simple_tag(takes_context=True)
def referral_to_pay(context: Context, total: Any = None) -> ToPay | None:
    """How the basket will be paid: ``credit`` and ``rest`` in words; None without credit."""
    return to_pay_of(context.get("request"), total or None)


@register.simple_tag(takes_context=True)
def referral_paid(context: Context, order: Any) -> ToPay | None:
    """How an order was paid: ``credit`` and ``rest`` in words; None without credit."""
    return paid_of(context.get("request"), order)


@register.filter
def referral_voucher_label(voucher: Any, basket: Any) -> str:
    """The name of a voucher in the basket's totals: ours translated, others as Oscar shows them."""
    own = pinned_label(basket, voucher.pk)
    if own:
        return own
    name = voucher.voucher_set.name if voucher.voucher_set else voucher.name
    return f"{name} ({voucher.code})"


@register.filter
def referral_discount_label(discount: Any) -> str:
    """The name of a discount of ours in an order's totals; empty for the shop's other discounts."""
    return discount_label(discount)


@register.filter
def referral_day(moment: datetime) -> str:
    """A day in words of the reader's language."""
    return format_day(moment)
