"""How often something may be tried: counted in Django's cache.

Codes per session and per address (F19), and what only a signed-in customer can do per account.
"""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest

from oscar_referrals import conf
from oscar_referrals.identity import visitor_key

#: How many times the limit holds for each way of trying. A link is rarely a guess, and a blocked
#: one may be opened by many people behind one address. Credit is one's own: each press on its
#: button may write to the books, which nobody needs more often than this.
TYPED, LINK, OWN_CODE, CREDIT = "typed", "link", "own-code", "credit"
ALLOWANCE = {TYPED: 1, LINK: 10, OWN_CODE: 1, CREDIT: 3}


def exhausted(request: HttpRequest, way: str = TYPED) -> bool:
    """Too much was tried in this way lately, from this session or address, or by this account."""
    limit = conf.get().TRY_LIMIT * ALLOWANCE[way]
    counts = caches[conf.get().CACHE_ALIAS].get_many(_keys(request, way)).values()
    return any(count >= limit for count in counts)


def count_try(request: HttpRequest, way: str = TYPED) -> None:
    """Remember one try: of a code that does not exist, or of what counts whatever comes of it."""
    cache = caches[conf.get().CACHE_ALIAS]
    seconds = int(conf.get().TRY_WINDOW.total_seconds())
    for key in _keys(request, way):
        # `add` sets the period once; increasing does not extend it.
        cache.add(key, 0, timeout=seconds)
        try:
            cache.incr(key)
        except ValueError:
            cache.set(key, 1, timeout=seconds)


def _keys(request: HttpRequest, way: str) -> list[str]:
    if way == CREDIT:
        return [f"oscar_referrals:tries:{way}:account:{request.user.pk}"]
    sources = [("address", request.META.get("REMOTE_ADDR", ""))]
    if request.session.session_key:
        sources.append(("session", request.session.session_key))
    return [f"oscar_referrals:tries:{way}:{name}:{visitor_key(value)}" for name, value in sources]
