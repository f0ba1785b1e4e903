"""How often something may be done from one address, session or account (F19, F21).

Counted in Django's cache, so that it costs no query and keeps nothing about anybody.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from django.core.cache import caches
from django.http import HttpRequest

from oscar_referrals import conf
from oscar_referrals.identity import visitor_key


class Limit(NamedTuple):
    """``most`` times ``within`` a period, which begins with the first time."""

    #: Names what is counted; two limits of one name share their counts.
    name: str
    most: int
    within: timedelta
    #: Counted for the account alone: what nobody does without one.
    of_account: bool = False


def is_reached(request: HttpRequest, limit: Limit) -> bool:
    """It was done as often as it may be, from this address, in this session or by this account."""
    counts = caches[conf.get().CACHE_ALIAS].get_many(_keys(request, limit)).values()
    return any(count >= limit.most for count in counts)


def count(request: HttpRequest, limit: Limit) -> int:
    """Remember that it was done once more; how often now, for whom it was done most."""
    return max(count_key(key, limit.within) for key in _keys(request, limit))


def take(request: HttpRequest, limit: Limit) -> bool:
    """Count it, and say whether it may still be done: True for the first ``most`` times."""
    return count(request, limit) <= limit.most


def count_key(key: str, within: timedelta) -> int:
    """Count by any key of the caller's; how often now."""
    cache = caches[conf.get().CACHE_ALIAS]
    seconds = int(within.total_seconds())
    # `add` sets the period once; increasing does not extend it.
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between the two.
        cache.set(key, 1, timeout=seconds)
        return 1


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; of IPv6 the network, since one person has all its addresses."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return text


def _keys(request: HttpRequest, limit: Limit) -> list[str]:
    whose = [] if limit.of_account else [("address", address_of(request))]
    if request.session.session_key and not limit.of_account:
        whose.append(("session", request.session.session_key))
    if request.user.is_authenticated:
        whose.append(("account", str(request.user.pk)))
    return [f"oscar_referrals:{limit.name}:{kind}:{visitor_key(value)}" for kind, value in whose]
