"""Does the shop around us supply what referrals stand on?"""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from oscar.core.loading import get_class, get_model

from oscar_referrals import conf
from oscar_referrals.checks.installation import context_processors

logger = logging.getLogger(__name__)
SEARCH_FORM = "oscar.apps.search.context_processors.search_form"


def payment_facts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Something must say when an order is paid, or no reward is ever issued."""
    try:
        ours = conf.get()
    except ImproperlyConfigured:
        return []
    if ours.PAID_STATUSES or ours.ORDER_FACTS != conf.Settings().ORDER_FACTS:
        return []
    view = get_class("checkout.views", "PaymentDetailsView")
    if not view.handle_payment.__module__.startswith("oscar.apps.checkout"):
        return []
    return [
        Error(
            "Nothing tells the referral program when an order has been paid: the checkout takes "
            "no payment, and no order status is named for it. So no reward would be issued.",
            hint=f'Name the statuses of paid orders in {conf.SETTING}["PAID_STATUSES"], e.g. '
            '("Paid",), or name a function of your own in ORDER_FACTS. If payments are recorded '
            "as payment sources or events outside the checkout view, silence this check.",
            id="oscar_referrals.E012",
        )
    ]


def tax_of_offers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """With prices that include tax, Oscar must count discounts with tax as well."""
    if settings.OSCAR_OFFERS_INCL_TAX or not _prices_include_tax():
        return []
    return [
        Warning(
            "Prices include tax, but discounts are counted without it: 15 % off would be about "
            "18 % at a tax of 20 %.",
            hint="Set OSCAR_OFFERS_INCL_TAX = True.",
            id="oscar_referrals.W007",
        )
    ]


def search_form_in_wagtail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Oscar's search form would stand in the header of Wagtail's admin."""
    if not apps.is_installed("wagtail.admin"):
        return []
    leaking = any(SEARCH_FORM in context_processors(engine) for engine in settings.TEMPLATES)
    if not leaking:
        return []
    return [
        Warning(
            "The shop's search form appears in the lists of Wagtail's admin and covers its "
            "buttons.",
            hint=f'Replace "{SEARCH_FORM}" in the context_processors by one of your own that '
            "calls it, except for paths of Wagtail's admin.",
            id="oscar_referrals.W008",
        )
    ]


def _prices_include_tax() -> bool:
    """Ask the shop's strategy for the price of a product that exists only here."""
    try:
        strategy = get_class("partner.strategy", "Selector")().strategy()
        stockrecord = get_model("partner", "StockRecord")(
            price=Decimal("100.00"), price_currency=settings.OSCAR_DEFAULT_CURRENCY
        )
        price = strategy.pricing_policy(get_model("catalogue", "Product")(), stockrecord)
        return bool(
            price.is_tax_known
            and price.incl_tax != price.excl_tax
            and price.effective_price == price.incl_tax
        )
    except Exception:
        # A strategy may need a request or rows that nobody has here; then nothing is known.
        logger.debug("The shop's prices could not be probed", exc_info=True)
        return False


CHECKS = (payment_facts, tax_of_offers, search_form_in_wagtail)
