"""Giving an advocate another code, while the one that was shared goes on working for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.sharing.alphabet import canonical, is_decent, looks_chosen
from oscar_referrals.sharing.codes import ATTEMPTS, active_code, create_code
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.voucher_rows import voucher_exists

#: So many codes may one advocate have chosen, blocked ones included: codes are never given to
#: anybody else, so whoever collects them takes them away from others.
MOST_CHOSEN = 5


class CodeRefused(Exception):
    """The advocate can't have this code; `refusal` has the reason code."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def replace_code(
    *,
    advocate: Advocate,
    text: str | None = None,
    grace: timedelta | None = None,
    reason: str = "",
    actor: Any = None,
) -> ReferralCode:
    """Give the advocate another primary code; the one that it replaces works for ``grace`` longer.

    ``text`` is what the new code shall be, in any spelling; None: a random one. An earlier code of
    the same advocate that is not blocked becomes the primary one again. ``grace`` None: the old
    code works for as long as nobody blocks it. ``reason`` is kept with the old code. Nobody
    ever gets the code of somebody else. ``actor`` is who asks, and staff may choose one for an
    advocate who has chosen too many. Raises CodeRefused with `reasons.CODE_NOT_ALLOWED`,
    `CODE_TAKEN` or `TOO_MANY_CODES`.
    """
    wanted = canonical(text) if text is not None else None
    by_staff = actor is not None and actor.pk != advocate.user_id
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _replace(advocate, wanted, grace, reason, by_staff)
        except IntegrityError:
            # The random code exists, or somebody chose the same text at this moment.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _replace(
    advocate: Advocate,
    wanted: str | None,
    grace: timedelta | None,
    reason: str,
    by_staff: bool,
) -> ReferralCode:
    # Whoever replaces the same advocate's code at the same time waits here.
    Advocate.objects.select_for_update(no_key=True).values_list("pk").get(pk=advocate.pk)
    before = active_code(advocate)
    again = _own(advocate, wanted) if wanted is not None else None
    if again is not None and before is not None and again.pk == before.pk:
        return before
    if wanted is not None and again is None:
        _check(advocate, wanted, by_staff)
    if before is not None:
        _retire(before, grace, reason)
    if again is None:
        return create_code(advocate=advocate, text=wanted or "")
    again.is_primary, again.retires_at = True, None
    again.save(update_fields=["is_primary", "retires_at"])
    return again


def _own(advocate: Advocate, wanted: str) -> ReferralCode | None:
    return (
        ReferralCode.objects.filter(advocate=advocate, code=wanted, blocked_at=None)
        .select_related("program", "advocate")
        .first()
    )


def _check(advocate: Advocate, wanted: str, by_staff: bool) -> None:
    if not looks_chosen(wanted) or not is_decent(wanted, conf.get().BLOCKED_WORDS):
        raise CodeRefused(Refusal(reason=reasons.CODE_NOT_ALLOWED))
    own = ReferralCode.objects.filter(advocate=advocate).values_list("code", flat=True)
    if not by_staff and sum(looks_chosen(code) for code in own) >= MOST_CHOSEN:
        raise CodeRefused(Refusal(reason=reasons.TOO_MANY_CODES))
    if voucher_exists(wanted) or ReferralCode.objects.filter(code=wanted).exists():
        raise CodeRefused(Refusal(reason=reasons.CODE_TAKEN))


def _retire(code: ReferralCode, grace: timedelta | None, reason: str) -> None:
    code.is_primary = False
    code.retires_at = timezone.now() + grace if grace is not None else None
    code.blocked_reason = reason[:200]
    code.save(update_fields=["is_primary", "retires_at", "blocked_reason"])
