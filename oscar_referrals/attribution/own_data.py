"""What is kept about whom a person brought and by whom they were brought."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.attribution.naming import claims_of
from oscar_referrals.members.proofs import proven_key
from oscar_referrals.own_data import Section, amount, item, record, section
from oscar_referrals.programs import reasons
from oscar_referrals.programs.tellable import TELLABLE

#: Ways in which the friend saw the code. Of the others nobody tells them whose it was found to be.
KNOWN_CODE = frozenset({Claim.Method.TYPED, Claim.Method.LINK, Claim.Method.VISIT})


def own_data(user: Any) -> list[Section]:
    """Offers taken and orders credited as a friend, and friends brought, who stay nameless."""
    claims = claims_of(user).select_related("code", "program").order_by("claimed_at")
    # Of a mailbox, as a guest. What another account of it did is that account's own.
    key = proven_key(user)
    person = Q(friend=user) | (Q(friend=None, friend_key=key) if key else Q())
    as_friend = Referral.objects.filter(person).select_related("program").order_by("pk")
    brought = (
        Referral.objects.filter(advocate__user=user)
        .exclude(reason=reasons.GIVEN_BY_STAFF)
        .select_related("program", "code")
        .order_by("pk")
    )
    decisions = Decision.objects.filter(referral__in=as_friend.values("pk")).order_by("pk")
    asked = Q(user=user) | (Q(user=None, friend_key=key) if key else Q())
    late = LateClaim.objects.filter(asked).order_by("pk")
    return [
        section("late_claims", _("Who brought me, as I said after an order"), map(_late, late)),
        section("claims", _("Offers that I took as a friend"), map(_claim, claims)),
        section("as_friend", _("My orders that an advocate brought"), map(_as_friend, as_friend)),
        section("decisions", _("What was decided about them"), map(_decision, decisions)),
        section(
            "friends",
            _("Friends whom I brought"),
            (_brought(row, number) for number, row in enumerate(brought, start=1)),
        ),
    ]


def _claim(row: Any) -> list[Any]:
    return [
        item("program", _("Program"), row.program.name),
        item("code", _("Code"), row.code.code if row.method in KNOWN_CODE else ""),
        *record(
            row,
            "method",
            "claimed_at",
            "expires_at",
            "used_at",
            "shows_name",
            "language",
            "channel",
            "placement",
            "campaign",
        ),
        item("visitor", _("Pseudonym of the visit"), row.visitor),
    ]


def _late(row: LateClaim) -> list[Any]:
    """Without what colleagues wrote to each other."""
    return record(
        row,
        "order_number",
        "named",
        "how",
        "language",
        "state",
        "created_at",
        "decided_at",
        "customer_note",
        "friend_key",
    )


def _as_friend(row: Referral) -> list[Any]:
    return [
        item("program", _("Program"), row.program.name),
        *record(row, "order_number", "created_at", "signed_up_at", "state"),
        item("reason", _("Reason"), reasons.shopper_text(row.reason) if row.reason else ""),
        amount("order_total", _("Order total"), row.order_total, row.currency),
        amount("friend_discount", _("Discount"), row.friend_discount, row.currency),
        amount("shipping_discount", _("Discount on delivery"), row.shipping_discount, row.currency),
        item("friend_key", _("Keyed fingerprint of my e-mail"), row.friend_key),
    ]


def _decision(row: Decision) -> list[Any]:
    return [
        *record(row, "order_number", "decided_at", "verdict"),
        item("reason", _("Reason"), reasons.shopper_text(row.reason) if row.reason else ""),
    ]


def _brought(row: Referral, number: int) -> list[Any]:
    """Neither the friend's order nor what it cost: those are the friend's data."""
    told = reasons.shopper_text(row.reason) if row.reason in TELLABLE else ""
    return [
        item("friend", _("Friend"), number),
        item("program", _("Program"), row.program.name),
        item("code", _("Code"), row.code.code),
        *record(row, "created_at", "counted_at", "ordinal", "state"),
        item("reason", _("Reason"), told),
    ]
