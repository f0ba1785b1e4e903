"""One box for whatever an operator has at hand: an e-mail, a code or an order number. Exact matches
only, by indexes; a guest or an erased account is found by the keyed hash of the address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.insight.people import search_referrals
from oscar_referrals.members.models import Advocate, KnownOrder
from oscar_referrals.sharing.alphabet import canonical
from oscar_referrals.sharing.models import ReferralCode

#: Of each kind at most so many are shown; referrals are cut into pages.
MOST = 25


@dataclass(frozen=True)
class Found:
    """What there is under a text."""

    advocates: list[Advocate] = field(default_factory=list)
    codes: list[ReferralCode] = field(default_factory=list)
    orders: list[Any] = field(default_factory=list)
    #: Numbers of orders that are known by the address and no longer in the shop.
    gone: list[str] = field(default_factory=list)


def find(text: str) -> Found:
    """Advocates, codes and orders that have exactly this."""
    text = text.strip()
    if not text:
        return Found()
    if "@" in text:
        return _by_email(text)
    codes = ReferralCode.objects.filter(code=canonical(text)).select_related(
        "program", "advocate__user"
    )
    found = list(codes)
    advocates = Advocate.objects.filter(pk__in=[code.advocate_id for code in found])
    orders = _orders().filter(number=text.lstrip("#"))
    return Found(advocates=_with_codes(advocates), codes=found, orders=list(orders[:MOST]))


def referrals_found(text: str) -> QuerySet[Referral]:
    """The referrals under a text; none for no text."""
    rows = Referral.objects.select_related("advocate__user", "friend", "code")
    return search_referrals(rows, text) if text.strip() else rows.none()


def _by_email(email: str) -> Found:
    key = email_key(email)
    users = list(
        get_user_model()._default_manager.filter(email__iexact=email).values_list("pk", flat=True)
    )
    people = Q(user__in=users) | Q(email_key=key) if key else Q(user__in=users)
    numbers = list(
        KnownOrder.objects.filter(email_key=key)
        .order_by("-placed_at")
        .values_list("order_number", flat=True)[:MOST]
        if key
        else ()
    )
    orders = list(
        _orders().filter(Q(number__in=numbers) | Q(user__in=users)).order_by("-date_placed")[:MOST]
    )
    known = {str(order.number) for order in orders}
    return Found(
        advocates=_with_codes(Advocate.objects.filter(people)),
        orders=orders,
        gone=[number for number in numbers if number not in known],
    )


def _with_codes(advocates: QuerySet[Advocate]) -> list[Advocate]:
    rows = advocates.select_related("program", "user", "merged_into__user")
    return list(rows.prefetch_related("codes").order_by("pk")[:MOST])


def _orders() -> QuerySet:
    return get_model("order", "Order")._default_manager.select_related("user")
