"""Whether the budget still has room for a friend's discount, asked before it is shown as charged.

Asked when a code is attached, when the checkout is entered, and once on the way for who did not
come through its first page. Whoever is past that keeps the discount: so the budget is exceeded at
most by the largest discount times the number of baskets that were inside the checkout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

from oscar_referrals import conf
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons
from oscar_referrals.programs.figures import figures_for
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.rewards.budget import budget_is_spent, has_budget

#: The pin for which there was room when this session entered the checkout.
SESSION_KEY = "referrals_budget"
ENTRANCE = "checkout:index"
BASKET = "basket:"
#: For so many seconds pages say what was found last.
ANSWER_KEPT = 60


def for_basket(basket: Any) -> Callable[[ProgramVersion], bool]:
    """The question whether a version has nothing left to give in the basket's currency."""
    return lambda version: budget_is_spent(version, currency_of(basket))


def for_pages(version: ProgramVersion) -> bool:
    """Is there nothing left of what pages promise now? No query for a version without a budget.

    With one, the answer is kept for `ANSWER_KEPT`, so that no page of the shop has to ask the books
    each time. Taking the offer always asks them.
    """
    promised = figures_for(version, Incentive.Side.FRIEND)
    if promised is None or not has_budget(version, promised.currency):
        return False
    known: bool | None = _cache().get(_key(version, promised.currency))
    return look(version) if known is None else known


def look(version: ProgramVersion) -> bool:
    """The same, asked of the books; from then on pages say what was found."""
    promised = figures_for(version, Incentive.Side.FRIEND)
    if promised is None or not has_budget(version, promised.currency):
        return False
    found = budget_is_spent(version, promised.currency)
    _cache().set(_key(version, promised.currency), found, ANSWER_KEPT)
    return found


def currency_of(basket: Any) -> str:
    """The basket's currency; the shop's while it has none."""
    currency: str = basket.currency or settings.OSCAR_DEFAULT_CURRENCY
    return currency


def check(request: ShopRequest, pin: Pin, version: ProgramVersion, page: str) -> bool:
    """Ask for a basket on a page of the checkout; True if its discount is lost by that.

    Costs no query without a budget, and none on the later pages of a checkout.
    """
    currency = currency_of(request.basket)
    if page.startswith(BASKET) or not has_budget(version, currency):
        return False
    if page != ENTRANCE and request.session.get(SESSION_KEY) == pin.pk:
        return False
    if not budget_is_spent(version, currency):
        request.session[SESSION_KEY] = pin.pk
        return False
    pin.refusal = reasons.OFFER_USED_UP
    Pin.objects.filter(pk=pin.pk).update(refusal=pin.refusal)
    return True


def _cache() -> BaseCache:
    return caches[conf.get().CACHE_ALIAS]


def _key(version: ProgramVersion, currency: str) -> str:
    return f"oscar_referrals:used_up:{version.pk}:{currency}"
