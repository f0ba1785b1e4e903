"""A friend says after the order who invited them; staff decide (A07)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from oscar_referrals import conf, signals
from oscar_referrals.attribution.assignment_plan import refuse_own_order
from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.identity import email_key
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.names import name_key
from oscar_referrals.sharing.codes import active_code, lookup
from oscar_referrals.sharing.models import ReferralCode

LONGEST_NAMED = 120
LONGEST_HOW = 500
#: The most codes that are suggested to staff.
MOST = 5


def may_still_claim(order: Any, *, now: datetime | None = None) -> bool:
    """Is the order young enough (``LATE_CLAIM_WINDOW``)? No query."""
    age: Any = (now or timezone.now()) - order.date_placed
    return bool(age <= conf.get().LATE_CLAIM_WINDOW)


def claim_late(
    *, order: Any, named: str, how: str = "", language: str = "", now: datetime | None = None
) -> LateClaim | None:
    """Keep what the friend says for staff: once per order, whatever it says the second time.

    None after the window. Nothing is looked up: neither the answer nor its time tells whether
    there is such a code or advocate.
    """
    moment = now or timezone.now()
    if not may_still_claim(order, now=moment):
        return None
    user = order.user
    number = str(order.number)
    try:
        with transaction.atomic():
            return LateClaim.objects.create(
                order=order,
                order_number=number,
                user=user,
                friend_key=email_key(user.email if user is not None else order.guest_email),
                language=language,
                named=one_line(named)[:LONGEST_NAMED],
                how=one_line(how)[:LONGEST_HOW],
                created_at=moment,
            )
    except IntegrityError:
        return LateClaim.objects.get(order_number=number)


def decline_late_claim(
    *,
    late_claim_id: int,
    actor: Any,
    note: str,
    customer_note: str = "",
    now: datetime | None = None,
) -> bool:
    """Say no, with a reason for colleagues and, if wanted, words for the friend.

    False if somebody has decided before. Raises CannotAssign for the actor's own order, and for
    one that they have the credit for.
    """
    asked = LateClaim.objects.select_related("order__user").get(pk=late_claim_id)
    if asked.order is not None:
        refuse_own_order(order=asked.order, actor=actor)
    changed = LateClaim.objects.filter(pk=late_claim_id, state=LateClaim.State.WAITING).update(
        state=LateClaim.State.DECLINED,
        decided_by=actor,
        decided_at=now or timezone.now(),
        note=one_line(note)[:500],
        customer_note=one_line(customer_note)[:300],
    )
    if changed:
        late_claim = LateClaim.objects.get(pk=late_claim_id)
        signals.announce(signals.late_claim_decided, late_claim=late_claim, referral=None)
    return bool(changed)


def suggested_codes(late_claim: LateClaim) -> list[ReferralCode]:
    """Whom the friend may mean: for staff only, who decide by the evidence."""
    named = late_claim.named
    code = lookup(named)
    if code is not None:
        return [code]
    if "@" in named:
        advocates = Advocate.objects.exclude(email_key="").filter(email_key=email_key(named))
    else:
        advocates = Advocate.objects.filter(findable=True, name_key=name_key(named) or "-")
    rows = advocates.filter(merged_into=None).order_by("pk")[:MOST]
    found = [active_code(advocate) for advocate in rows]
    return [item for item in found if item is not None]


def one_line(text: str) -> str:
    """Printable text on one line."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split())
