"""Tags for any template of the shop: a call to action, the basket's part, names of our discounts.

Whoever has no referral pays no query for the basket's tags; a page with any number of calls to
action pays for one look at the live program.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.base import Origin, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from oscar_referrals import conf
from oscar_referrals.account.basket_panel import basket_panel, discount_label, pinned_label
from oscar_referrals.account.call_to_action import Call, call_for, portal_address
from oscar_referrals.account.credit_panel import ToPay, credit_panel, paid_of, to_pay_of
from oscar_referrals.attribution.late_claims import may_still_claim
from oscar_referrals.checkout.attach import CODE_KEY
from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.checkout.session import may_have_rewards
from oscar_referrals.insight.people import referral_of_order
from oscar_referrals.money import format_day, format_moment
from oscar_referrals.programs.live import live_offer, places_switched_off
from oscar_referrals.sharing.placements import is_automatic

logger = logging.getLogger(__name__)
register = template.Library()
PRINTED = "_referral_styles_printed"
CARD = "oscar_referrals/partials/call_to_action.html"
MENU, MAIL = "account-menu", "order-mail"


@register.simple_tag(takes_context=True)
def referral_styles(context: Context) -> SafeString | str:
    """Our style sheet, once per page, wherever the first of our parts stands."""
    request = context.get("request")
    if request is not None:
        if getattr(request, PRINTED, False):
            return ""
        setattr(request, PRINTED, True)
    return render_to_string("oscar_referrals/partials/styles.html")


@register.simple_tag(takes_context=True)
def referral_cta(
    context: Context, placement: str = "", heading: str = "", automatic: bool = False
) -> SafeString | str:
    """Invite the reader to share, or remind a friend of the discount that waits for them.

    ``placement`` is one of `sharing.placements`, or a word of the shop's own: it stands in the link
    and in the report. ``automatic`` is for templates that we lay over Oscar's: they print only
    where ``AUTOMATIC_PLACEMENTS`` names the place. Prints nothing where there is nothing to say;
    see `call_for`. ``oscar_referrals/calls/<placement>.html`` gives a place a look of its own.
    """
    if automatic and not is_automatic(placement):
        return ""
    request = context.get("request")
    call = call_for(request, placement, heading=heading, target=_page_of(context, placement))
    if call is None:
        return ""
    names = [f"oscar_referrals/calls/{placement}.html", CARD] if placement else [CARD]
    return render_to_string(names, {"request": request, "call": call, "user": context.get("user")})


@register.simple_tag(takes_context=True)
def referral_call_to_action(context: Context, heading: str = "") -> SafeString | str:
    """`referral_cta` without a place: it can't be switched off, and is counted with none."""
    return referral_cta(context, heading=heading)


@register.simple_tag(takes_context=True)
def referral_call(context: Context, placement: str) -> Call | None:
    """What a place says, for markup of one's own: ``heading``, ``button``, ``url``."""
    return call_for(context.get("request"), placement)


@register.simple_tag(takes_context=True)
def referral_menu_entry(context: Context) -> str:
    """Address of the account menu's entry; empty where there is nothing behind it for the reader.

    Whoever takes part, or has had a reward, always finds the way: no query. For everybody else the
    live program is asked once a minute.
    """
    request = context.get("request")
    if request is None or may_have_rewards(request):
        return portal_address(MENU)
    if not is_automatic(MENU):
        return ""
    switched_off = places_switched_off(request)
    return portal_address(MENU) if switched_off is not None and MENU not in switched_off else ""


@register.simple_tag(takes_context=True)
def referral_member_address(context: Context) -> str:
    """Address of the account page for whoever takes part or has had a reward; else empty. No query.

    For a header, which stands on every page: nobody else pays anything for it.
    """
    request = context.get("request")
    return portal_address(MENU) if request is not None and may_have_rewards(request) else ""


@register.simple_tag(takes_context=True)
def referral_mail_cta(context: Context, form: str = "html", automatic: bool = False) -> str:
    """`referral_cta` at the end of the mail that confirms an order; ``form`` is html or txt.

    A fault is logged and never keeps a mail from its customer.
    """
    if automatic and not is_automatic(MAIL):
        return ""
    try:
        with own_savepoint():
            call = call_for(context.get("request"), MAIL)
            if call is None or call.is_for_friend:
                return ""
            return render_to_string(
                f"oscar_referrals/calls/order-mail.{form}",
                {"call": call, "url": _whole(context, call.url)},
            )
    except Exception:
        logger.exception("The call to action in a mail failed")
        return ""


@register.simple_tag
def referral_name_claims() -> bool:
    """Does the shop let friends name who invited them? No query."""
    return conf.get().NAME_CLAIMS


@register.simple_tag(takes_context=True)
def referral_asks_for_name(context: Context) -> bool:
    """The same for this visitor: not whoever has a friend's code in the basket. No query."""
    basket = getattr(context.get("request"), "basket", None)
    return referral_name_claims() and not any(pin.claim_id for pin in known_pins(basket))


@register.simple_tag(takes_context=True)
def referral_late_claim(context: Context, order: Any, just_placed: bool = False) -> str:
    """Address of the page where a friend says who invited them; empty after the time for it, for an
    order that has a referral, and while no program is live.

    Two queries at most. ``just_placed`` is for the thank-you page: it adds none to those of a call
    to action there, and goes by the session, which knows whether a code was used.
    """
    request = context.get("request")
    if request is None or not may_still_claim(order):
        return ""
    if just_placed:
        is_open = live_offer(request) is not None and CODE_KEY not in request.session
    else:
        is_open = (
            places_switched_off(request) is not None
            and referral_of_order(str(order.number)) is None
        )
    if not is_open:
        return ""
    return f"{reverse('referrals:late-claim')}?{urlencode({'order': order.number})}"


@register.tag
def referral_original(parser: Parser, token: Token) -> OriginalNode:
    """What the template of the same name behind this one prints: for those without blocks."""
    return OriginalNode(parser.origin)


class OriginalNode(template.Node):
    """Renders the next template that the loaders find under the name of this one."""

    def __init__(self, origin: Origin | None) -> None:
        self.behind = origin

    def render(self, context: Context) -> SafeString:
        """In the same context, as if our own template were not there."""
        assert self.behind is not None and self.behind.template_name is not None
        name = str(self.behind.template_name)
        assert context.template is not None
        engine = context.template.engine
        skip: list[Origin] = []
        for loader in engine.template_loaders:
            for source in loader.get_template_sources(name):
                skip.append(source)
                if source == self.behind:
                    found, _origin = engine.find_template(name, skip=skip)
                    return found.render(context)
        raise template.TemplateDoesNotExist(name)


def _page_of(context: Context, placement: str) -> str:
    """Friends are led to the product that they are told about."""
    product = context.get("product") if placement == "product" else None
    return product.get_absolute_url() if product is not None else ""


def _whole(context: Context, path: str) -> str:
    """The whole address, for a mail."""
    request, site = context.get("request"), context.get("site")
    if site is not None:
        return f"{settings.OSCAR_URL_SCHEMA}://{site.domain}{path}"
    return request.build_absolute_uri(path) if request is not None else path


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


@register.filter
def referral_moment(moment: datetime) -> str:
    """Day and time in words of the reader's language."""
    return format_moment(moment)
