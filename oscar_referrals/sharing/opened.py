"""A link was opened by a person: one touch, unless it is a repeat or too much of it."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import caches
from django.http import HttpRequest

from oscar_referrals import conf
from oscar_referrals.identity import visitor_key
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.sharing import limits
from oscar_referrals.sharing.limits import Limit
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.sources import Source
from oscar_referrals.sharing.touches import record

#: Whoever opens a code's link again in the same channel within this, and no other link between, has
#: not come a second time.
REPEAT = timedelta(minutes=30)
#: The channels whose links nobody sees but in a QR code: the address printed beside it has no tags.
SCANNED = frozenset({"qr", "card"})


def link_opened(
    request: HttpRequest,
    *,
    code: ReferralCode,
    version: ProgramVersion,
    visitor: str,
    source: Source,
) -> Touch | None:
    """Write the touch down: one insert and no other query. None for what isn't counted.

    A repeat isn't, nor what exceeds ``TOUCH_LIMIT`` of one address, session or account.
    """
    if _is_repeat(request, code, visitor, source.channel):
        return None
    limit = Limit("touches", conf.get().TOUCH_LIMIT, timedelta(minutes=1))
    if not limits.take(request, limit):
        return None
    return record(
        code=code,
        method=Touch.Method.QR if source.channel in SCANNED else Touch.Method.LINK,
        version=version,
        visitor=visitor,
        source=source,
    )


def _is_repeat(request: HttpRequest, code: ReferralCode, visitor: str, channel: str) -> bool:
    # Without a pseudonym the address and the browser tell people apart, for as long as the cache
    # keeps the key; neither is stored.
    agent = request.headers.get("User-Agent", "")
    who = visitor or visitor_key(f"{limits.address_of(request)} {agent}")
    cache, seconds = caches[conf.get().CACHE_ALIAS], int(REPEAT.total_seconds())
    this, last = f"{code.pk}:{channel}", f"oscar_referrals:opened:{who}"
    is_new = cache.add(f"{last}:{this}", 1, seconds)
    # After another link it is no repeat: which one was opened last may decide who gets the credit.
    if not is_new and cache.get(last) == this:
        return True
    cache.set(last, this, seconds)
    return False
