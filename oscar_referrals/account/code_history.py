"""The codes of an advocate besides the one that is shown."""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from oscar_referrals.members.models import Advocate
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.own_code import changes_left


class OwnCodes(NamedTuple):
    """What the page says about codes of one's own."""

    #: How many may still be chosen this year; the form is shown while there is one.
    left: int
    #: Codes that were replaced and still work, as people read them.
    earlier: list[str]


def own_codes_of(advocate: Advocate) -> OwnCodes:
    """One query."""
    now = timezone.now()
    codes = list(ReferralCode.objects.filter(advocate=advocate).order_by("pk"))
    return OwnCodes(
        left=changes_left(codes, now=now),
        earlier=[code.pretty for code in codes if not code.is_primary and not code.is_dead(now)],
    )
