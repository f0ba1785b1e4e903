"""Codes: one per advocate and program, made on first need or for all customers at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.members.models import Advocate
from oscar_referrals.sharing.alphabet import canonical, is_wellformed, looks_chosen, new_code
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
            return create_code(advocate=advocate)
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
    """The code that somebody typed, in any case and with spaces or dashes; dead ones too.

    No query for a text that no code can be.
    """
    if not _can_be(text):
        return None
    found = _find(text).select_related("program__current_version", "advocate__user")
    return next(iter(found[:1]), None)


def lookup_usable(text: str, *, held: Iterable[int] = ()) -> ReferralCode | None:
    """The same without dead ones: finding one takes no longer than finding nothing.

    Of codes that were replaced, those with a key in ``held`` are found: somebody has claimed them
    in time. ``held`` is read only for a text that a code can be. It comes with its program and its
    advocate, and with no more: every click on a link asks this.
    """
    if not _can_be(text):
        return None
    works = Q(retires_at=None) | Q(retires_at__gt=timezone.now()) | Q(pk__in=list(held))
    found = _find(text, works, blocked_at=None).select_related("program", "advocate")
    return next(iter(found[:1]), None)


def _can_be(text: str) -> bool:
    code = canonical(text)
    return is_wellformed(code) or looks_chosen(code)


def _find(text: str, *conditions: Q, **more: Any) -> QuerySet[ReferralCode]:
    # In no order: a code is there once.
    return ReferralCode.objects.filter(*conditions, code=canonical(text), **more)


def block(
    *, code: ReferralCode, reason: str, actor: Any = None, grace: timedelta | None = None
) -> ReferralCode:
    """Block a code for good. The advocate's next visit makes another one.

    With a ``grace`` it works until that is over, and claims made by then are honoured; without one
    it stops at once, for claims as well. A code never works for longer than it would have.
    """
    now = timezone.now()
    usable = ReferralCode.objects.filter(pk=code.pk, blocked_at=None)
    if grace is None:
        usable.update(blocked_at=now, blocked_reason=reason[:200])
    else:
        ends = usable.filter(Q(retires_at=None) | Q(retires_at__gt=now + grace))
        ends.update(is_primary=False, retires_at=now + grace, blocked_reason=reason[:200])
    code.refresh_from_db(fields=["is_primary", "retires_at", "blocked_at", "blocked_reason"])
    return code


def create_code(*, advocate: Advocate, text: str = "") -> ReferralCode:
    """A new primary code of the advocate: ``text`` in canonical form, else a random one.

    Raises IntegrityError if the advocate has a primary one, or the code exists, as ours or as a
    voucher of the shop.
    """
    program = advocate.program
    text = text or new_code(conf.get().BLOCKED_WORDS)
    with transaction.atomic():
        # Our row first: its unique constraint makes whoever comes second wait, and then give up.
        code = ReferralCode.objects.create(program=program, advocate=advocate, code=text)
        code.voucher = create_voucher(
            code=text, offer=friend_offer_of(program), set_name=friend_set_name(program)
        )
        code.save(update_fields=["voucher"])
    return code
