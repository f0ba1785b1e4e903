"""How often something may be tried, and how many codes that don't exist were tried lately.

Codes per address, session and account (F19), and what only a signed-in customer can do per account.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.sharing import limits
from oscar_referrals.sharing.limits import Limit

#: How many times the limit holds for each way of trying. A link is rarely a guess, and a blocked
#: one may be opened by many people behind one address. Credit is one's own: each press on its
#: button may write to the books, which nobody needs more often than this.
TYPED, LINK, OWN_CODE, CREDIT, TOKEN = "typed", "link", "own-code", "credit", "token"
#: Naming a friend instead of a code, before and after an order.
NAME, LATE = "name", "late"
ALLOWANCE = {TYPED: 1, LINK: 10, OWN_CODE: 1, CREDIT: 3, TOKEN: 10, NAME: 1, LATE: 1}
#: Of these, many by everybody together are a reason to look.
GUESSES = (TYPED, LINK, NAME)
HOUR = timedelta(hours=1)


def exhausted(request: HttpRequest, way: str = TYPED) -> bool:
    """Too much was tried in this way lately, from this session or address, or by this account."""
    return limits.is_reached(request, _limit(way))


def count_try(request: HttpRequest, way: str = TYPED) -> None:
    """Remember one try: of a code that does not exist, or of what counts whatever comes of it."""
    limits.count(request, _limit(way))
    if way in GUESSES:
        limits.count_key(_of_hour(timezone.now()), 3 * HOUR)


def guesses_lately(now: datetime) -> int:
    """How many codes that don't exist everybody tried in this hour, or in the one before if those
    were more."""
    cache = caches[conf.get().CACHE_ALIAS]
    return max(cache.get_many([_of_hour(now), _of_hour(now - HOUR)]).values(), default=0)


def _limit(way: str) -> Limit:
    settings = conf.get()
    return Limit(
        f"tries:{way}",
        settings.TRY_LIMIT * ALLOWANCE[way],
        settings.TRY_WINDOW,
        of_account=way == CREDIT,
    )


def _of_hour(moment: datetime) -> str:
    return f"oscar_referrals:tries:hour:{int(moment.timestamp() // HOUR.total_seconds())}"
