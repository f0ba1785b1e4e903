"""An advocate chooses a code that friends remember; the one before goes on working for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.decency import is_decent
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.sharing.alphabet import canonical, looks_chosen
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.rotate import MOST_CHOSEN, CodeRefused, replace_code

YEAR = timedelta(days=365)


def choose_code(*, advocate: Advocate, text: str, now: datetime | None = None) -> ReferralCode:
    """Make ``text`` the advocate's primary code, in any spelling. Earlier codes go on working.

    Raises CodeRefused: `TOO_MANY_CODES` when the year's changes are used up, `CODE_NOT_ALLOWED`
    for a text that no code can be, and `CODE_TAKEN` for everything else. That one answer stands
    for a blocked word, a voucher of the shop, somebody's code and one that was somebody's, so that
    nobody learns which codes exist; the caller limits how often it is asked.
    """
    wanted = canonical(text)
    if not looks_chosen(wanted):
        raise CodeRefused(Refusal(reason=reasons.CODE_NOT_ALLOWED))
    codes = list(ReferralCode.objects.filter(advocate=advocate))
    if any(code.code == wanted and code.blocked_at is None for code in codes):
        return replace_code(advocate=advocate, text=wanted, actor=advocate.user)
    if not changes_left(codes, now=now or timezone.now()):
        raise CodeRefused(Refusal(reason=reasons.TOO_MANY_CODES))
    if not is_decent(wanted):
        raise CodeRefused(Refusal(reason=reasons.CODE_TAKEN))
    try:
        return replace_code(advocate=advocate, text=wanted, actor=advocate.user)
    except CodeRefused as refused:
        if refused.refusal.reason == reasons.TOO_MANY_CODES:
            raise
        raise CodeRefused(Refusal(reason=reasons.CODE_TAKEN)) from refused


def changes_left(codes: Iterable[ReferralCode], *, now: datetime) -> int:
    """How many new codes an advocate with all these ``codes`` may still choose. Pure."""
    chosen = [code for code in codes if looks_chosen(code.code)]
    this_year = sum(code.created_at > now - YEAR for code in chosen)
    left = min(conf.get().OWN_CODES_PER_YEAR - this_year, MOST_CHOSEN - len(chosen))
    return max(0, left)
