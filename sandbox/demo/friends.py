"""The friends of the year: they open links, type codes, look around, and some of them order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.attach import attach
from oscar_referrals.checkout.person import Shopper
from oscar_referrals.identity import email_key, visitor_key
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode

from . import people, till
from .spreading import open_link, way_of

if TYPE_CHECKING:
    from .year import Year

#: What becomes of an order, one friend after the other.
ENDS = ["paid"] * 14 + ["cancelled", "refunded", "unpaid", "small", "own", "known", "look"]
#: One of ten friends types the code that was told them; one of nine has opened two links.
TYPES, COMPARES = (10, 7), (9, 4)


def plan_friends(year: Year) -> None:
    """One friend every few days; those of whoever signs in as the advocate end in every way."""
    for number in range(75):
        day = 350 - number * 4.6
        if 280 < day < 290:
            continue
        year.at(max(day, 0.3), arrive, year, number, ENDS[number % len(ENDS)])
    for number, (day, end) in enumerate(
        ((150, "paid"), (100, "paid"), (60, "refunded"), (40, "cancelled"), (5, "paid")),
        start=900,
    ):
        year.at(day, arrive, year, number, end, people.ADVOCATE.email)


def arrive(year: Year, number: int, end: str, email: str = "") -> None:
    """A friend comes by the code of ``email``, or of anybody; ``end`` is what becomes of it."""
    code = _a_code(year, email)
    if code is None:
        return
    clicks = year.random.choice((1, 1, 2, 3))
    if end != "look" and number % TYPES[0] == TYPES[1]:
        order_as_friend(year, number, end, code, method=Claim.Method.TYPED)
        return
    way, visitor = way_of(year.spread, timezone.now(), year.now), visitor_key(f"friend {number}")
    if number % COMPARES[0] == COMPARES[1]:
        other = year.spread.choice(year.members())
        open_link(code_for(advocate=other), way, visitor=visitor, hours_ago=5)
    for click in range(clicks):
        open_link(code, way, visitor=visitor, hours_ago=click * 0.8)
    if end != "look":
        order_as_friend(year, number, end, code, visitor=visitor, source=way)


def order_as_friend(
    year: Year,
    number: int,
    end: str,
    code: ReferralCode,
    *,
    user: Any = None,
    method: str = Claim.Method.LINK,
    **source: Any,
) -> Any:
    """The friend takes the offer and orders; None if the offer is refused."""
    email = f"friend{number}@example.net"
    if end == "own":
        email = code.advocate.user.email
    elif end == "known" and year.customers:
        user = year.random.choice(year.customers)
    least, most = (1, 1) if end == "small" else (3, 5)
    basket = till.fill_basket(user, year.products(least, most))
    person = Shopper(user, email, email_key(email if user is None else user.email))
    try:
        claim = claim_offer(code=code, method=method, user=user, email=email, **source)
    except ClaimRefused:
        # Told why, the friend leaves; the click is counted all the same.
        return None
    attach(basket, claim, person)
    name = ("Friend", str(number)) if user is None else (user.first_name, user.last_name)
    order = till.place(basket, name=name, guest_email="" if user else email)
    _finish(year, order, end)
    return order


def _finish(year: Year, order: Any, end: str) -> None:
    if end == "unpaid":
        till.expect_transfer(order)
        return
    till.take_payment(order)
    till.move_to(order, "Paid", "Being packed", "Shipped")
    moment = timezone.now() + timedelta(days=year.random.uniform(2, 30))
    take_back: Callable[..., None] | None = {
        "cancelled": _cancel,
        "refunded": till.give_back,
    }.get(end)
    if take_back is not None and moment < year.now:
        year.plan_next(moment, take_back, order)


def _cancel(order: Any) -> None:
    till.move_to(order, "Cancelled")


def _a_code(year: Year, email: str) -> ReferralCode | None:
    members = year.members()
    if email:
        members = [member for member in members if member.user.email == email]
    if not members:
        return None
    # A few advocates bring most of the friends, as everywhere.
    return code_for(advocate=members[min(int(year.random.expovariate(0.25)), len(members) - 1)])
