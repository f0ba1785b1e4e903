"""The Oscar vouchers behind codes and rewards. Never ended by date, never deleted, never counted.

What a voucher may do is decided by our rows and conditions. Its dates and counters mean nothing,
because orders in flight save stale copies of them; it is multi-use for Oscar for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from oscar.core.loading import get_model

from oscar_referrals import signals
from oscar_referrals.programs.models import Program

#: "Always", as far as columns that can't be empty let us say so: not even two servers whose clocks
#: differ, or a job that was given another time, may make a voucher start late.
FAR_PAST = datetime(2000, 1, 1, tzinfo=UTC)
FAR_FUTURE = datetime(2999, 12, 31, tzinfo=UTC)
#: Rows per statement.
BATCH = 1000


def friend_set_name(program: Program) -> str:
    """Name of the set of a program's codes: what Oscar shows beside the code in the basket."""
    return _set_name("Refer a friend", program)


def advocate_set_name(program: Program) -> str:
    """Name of the set of a program's reward vouchers."""
    return _set_name("Referral reward", program)


def friend_offer_of(program: Program) -> Any:
    """The program's offer for friends; asks `checkout` to make it anew if somebody deleted it."""
    if program.friend_offer_id is None:
        signals.offers_missing.send(sender=Program, program=program)
        program.refresh_from_db(fields=["friend_offer"])
    return program.friend_offer


def create_voucher(*, code: str, offer: Any, set_name: str) -> Any:
    """One voucher with this code on the offer. Raises IntegrityError if the code is taken.

    Without an offer (None) the voucher gives nothing until it is put on one.
    """
    voucher = _voucher(code, voucher_set(set_name).pk)
    voucher.save()
    if offer is not None:
        voucher.offers.add(offer)
    return voucher


def create_vouchers(*, codes: Iterable[str], offer: Any, set_name: str) -> list[Any]:
    """Many at once, in the order of the codes. Raises IntegrityError if any code is taken."""
    model = get_model("voucher", "Voucher")
    set_id = voucher_set(set_name).pk
    vouchers = model.objects.bulk_create(
        [_voucher(code, set_id) for code in codes], batch_size=BATCH
    )
    if offer is not None:
        through = model.offers.through
        through.objects.bulk_create(
            [through(voucher_id=item.pk, conditionaloffer_id=offer.pk) for item in vouchers],
            batch_size=BATCH,
        )
    return vouchers


def voucher_exists(code: str) -> bool:
    """Does any voucher of the shop have this code? Codes share one namespace with all vouchers."""
    return bool(get_model("voucher", "Voucher").objects.filter(code__iexact=code).exists())


def stand_on(*, offer_id: int, voucher_id: int) -> None:
    """Let a voucher stand on the offer as well. One query, and harmless when it does already.

    A code's voucher is put on the offer for free shipping when a basket needs it there: a million
    codes need no million rows on the day that a version begins to promise it.
    """
    through = get_model("voucher", "Voucher").offers.through
    through.objects.bulk_create(
        [through(voucher_id=voucher_id, conditionaloffer_id=offer_id)], ignore_conflicts=True
    )


def voucher_set(name: str) -> Any:
    """The set with this name; made when it is first needed, also by two at once.

    Its count stays at nought, which tells Oscar that vouchers are made when they are needed:
    nothing of ours ever counts a set.
    """
    model = get_model("voucher", "VoucherSet")
    found = model.objects.filter(name=name).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return model.objects.create(
                name=name,
                count=0,
                description="Made by the referral program. Do not edit.",
                start_datetime=FAR_PAST,
                end_datetime=FAR_FUTURE,
            )
    except IntegrityError:
        return model.objects.get(name=name)


def _voucher(code: str, set_id: int) -> Any:
    model = get_model("voucher", "Voucher")
    return model(
        name=f"Referral {code}",
        code=code,
        usage=model.MULTI_USE,
        start_datetime=FAR_PAST,
        end_datetime=FAR_FUTURE,
        voucher_set_id=set_id,
    )


def _set_name(words: str, program: Program) -> str:
    # Shoppers read it, so it has no slug; programs of one name share a set, which harms nothing.
    limit = get_model("voucher", "VoucherSet")._meta.get_field("name").max_length
    return f"{words}: {program.name}"[:limit]
