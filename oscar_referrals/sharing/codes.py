"""Codes: one per advocate and program, made on first need or for all customers at once."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.members.models import Advocate
from oscar_referrals.sharing.alphabet import canonical, is_wellformed, new_code
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.voucher_rows import create_voucher, friend_offer_of, friend_set_name

#: A new code meets an old one about once in 10^13 tries; more than a few is a fault elsewhere.
ATTEMPTS = 5


def code_for(*, advocate: Advocate) -> ReferralCode:
    """The advocate's code, made now if there is none. Any number may ask at once: all get one."""
    for attempt in range(ATTEMPTS):
        found = active_code(advocate)
        if found is not None:
            return found
        try:
            return _create(advocate)
        except IntegrityError:
            # Another request was first, or the code exists: as ours or as a voucher of the shop.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def active_code(advocate: Advocate) -> ReferralCode | None:
    """The code that the advocate is shown; None if there is none yet, or it was blocked."""
    return (
        ReferralCode.objects.filter(advocate=advocate, blocked_at=None, is_primary=True)
        .select_related("program", "advocate")
        .first()
    )


def lookup(text: str) -> ReferralCode | None:
    """The code that somebody typed, in any case and with spaces or dashes; blocked ones too."""
    code = canonical(text)
    if not is_wellformed(code):
        return None
    return (
        ReferralCode.objects.filter(code=code)
        .select_related("program__current_version", "advocate__user")
        .first()
    )


def block(*, code: ReferralCode, reason: str, actor: Any = None) -> ReferralCode:
    """Block a code for good. The advocate's next visit makes another one."""
    ReferralCode.objects.filter(pk=code.pk, blocked_at=None).update(
        blocked_at=timezone.now(), blocked_reason=reason[:200]
    )
    code.refresh_from_db(fields=["blocked_at", "blocked_reason"])
    return code


def _create(advocate: Advocate) -> ReferralCode:
    program = advocate.program
    text = new_code(conf.get().BLOCKED_WORDS)
    with transaction.atomic():
        # Our row first: its unique constraint makes whoever comes second wait, and then give up.
        code = ReferralCode.objects.create(program=program, advocate=advocate, code=text)
        code.voucher = create_voucher(
            code=text, offer=friend_offer_of(program), set_name=friend_set_name(program)
        )
        code.save(update_fields=["voucher"])
    return code
