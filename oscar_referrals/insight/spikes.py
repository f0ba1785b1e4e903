"""Links that are opened far more often than usual, and codes that are guessed (F19, F21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from oscar_referrals import conf
from oscar_referrals.checkout.tries import guesses_lately
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.touches import OPENED

HOUR = timedelta(hours=1)
#: What is usual for a code is read off so many days before the hour that is looked at.
USUAL_DAYS = 7
#: So many times as often as usual is remarkable.
TIMES_USUAL = 10
#: Nobody reads about more of them at once.
MOST = 5


@dataclass(frozen=True)
class Spike:
    """A code whose links were opened remarkably often within the last hour."""

    code: ReferralCode
    touches: int
    #: Per hour, over the days before.
    usual: float


def spikes(now: datetime) -> list[Spike]:
    """The codes with most touches in the last hour, where these are more than ``TOUCH_ALARM`` and
    far more than usual. One query on an index; three when there is something to tell."""
    lately = _touches(now - HOUR, now).values("code").annotate(number=Count("pk"))
    above = lately.filter(number__gt=conf.get().TOUCH_ALARM).order_by("-number", "code")
    found = {row["code"]: row["number"] for row in above[:MOST]}
    if not found:
        return []
    before = _touches(now - HOUR - timedelta(days=USUAL_DAYS), now - HOUR).filter(code__in=found)
    usual = {
        row["code"]: row["number"] / (USUAL_DAYS * 24)
        for row in before.values("code").annotate(number=Count("pk")).order_by()
    }
    codes = ReferralCode.objects.select_related("advocate__user", "program").in_bulk(found)
    return [
        Spike(codes[pk], number, usual.get(pk, 0.0))
        for pk, number in found.items()
        if number > TIMES_USUAL * usual.get(pk, 0.0)
    ]


def many_guesses(now: datetime) -> int:
    """How many unknown codes were tried lately, if that is more than ``TRY_ALARM``; else 0."""
    guesses = guesses_lately(now)
    return guesses if guesses > conf.get().TRY_ALARM else 0


def _touches(since: datetime, until: datetime) -> QuerySet[Touch]:
    return Touch.objects.filter(
        occurred_at__gt=since, occurred_at__lte=until, method__in=OPENED
    ).order_by()
