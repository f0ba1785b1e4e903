"""Codes for all customers at once, and the file that a newsletter tool takes them from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.exports import escape_formula
from oscar_referrals.identity import email_key
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.sharing.alphabet import new_code
from oscar_referrals.sharing.codes import ATTEMPTS
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.voucher_rows import (
    BATCH,
    create_vouchers,
    friend_offer_of,
    friend_set_name,
)


class NewsletterRow(NamedTuple):
    """One line of the file, each cell safe to open in a spreadsheet."""

    email: str
    code: str
    link: str


def create_codes_for_everyone(
    *,
    program: Program,
    batch: int = 5000,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """A code for every active customer who may join and has none; answers how many were made.

    Nobody joins by it: rewards wait until the advocate joins. Each batch is one
    transaction, and an interrupted run is simply started again. ``progress`` is called with the
    customers done and the customers in all.
    """
    customers = _who_may_join(program)
    total = customers.count()
    people = customers.order_by("pk").values_list("pk", "email")
    done = made = last = 0
    while users := list(people.filter(pk__gt=last)[:batch]):
        made += _make_batch(program, users)
        done += len(users)
        last = users[-1][0]
        if progress is not None:
            progress(done, total)
    return made


def rows_for_newsletter(program: Program, base_url: str) -> Iterator[NewsletterRow]:
    """E-mail, code and link of every active customer with a code, made one by one.

    ``base_url`` is the shop's address, e.g. ``"https://shop.example"``. A cell that a spreadsheet
    would take for a formula is made harmless.
    """
    codes = (
        ReferralCode.objects.filter(
            program=program, blocked_at=None, is_primary=True, advocate__user__is_active=True
        )
        .exclude(advocate__user__email="")
        .order_by("pk")
        .values_list("advocate__user__email", "code")
    )
    base = base_url.rstrip("/")
    for email, code in codes.iterator(chunk_size=2000):
        link = base + share_path(code, program.current_version)
        yield NewsletterRow(escape_formula(email), escape_formula(code), escape_formula(link))


def _who_may_join(program: Program) -> QuerySet:
    users = get_user_model()._default_manager.filter(is_active=True)
    version = program.current_version
    if version is not None and version.may_join == ProgramVersion.MayJoin.CUSTOMERS:
        orders = get_model("order", "Order")._default_manager.exclude(
            status__in=conf.get().CANCELLED_STATUSES
        )
        users = users.filter(Exists(orders.filter(user=OuterRef("pk"))))
    return users


def _make_batch(program: Program, users: list[tuple[int, str]]) -> int:
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _insert(program, users)
        except IntegrityError:
            # A customer got a code meanwhile, or a new code exists: look again, with new codes.
            if attempt == ATTEMPTS - 1:
                raise
    return 0


def _insert(program: Program, users: list[tuple[int, str]]) -> int:
    Advocate.objects.bulk_create(
        [
            Advocate(program_id=program.pk, user_id=pk, email_key=email_key(email))
            for pk, email in users
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    advocates = _without_code(program, [pk for pk, _email in users])
    words = conf.get().BLOCKED_WORDS
    codes = [new_code(words) for _advocate in advocates]
    vouchers = create_vouchers(
        codes=codes, offer=friend_offer_of(program), set_name=friend_set_name(program)
    )
    ReferralCode.objects.bulk_create(
        [
            ReferralCode(
                program_id=program.pk, advocate_id=advocate, code=code, voucher_id=voucher.pk
            )
            for advocate, code, voucher in zip(advocates, codes, vouchers, strict=True)
        ],
        batch_size=BATCH,
    )
    return len(advocates)


def _without_code(program: Program, user_ids: list[int]) -> list[int]:
    """The users' advocates who have no code. Two look-ups, as a join could turn quadratic."""
    advocates = Advocate.objects.filter(program=program, user_id__in=user_ids)
    ids = set(advocates.values_list("pk", flat=True))
    coded = ReferralCode.objects.filter(advocate_id__in=ids, blocked_at=None, is_primary=True)
    return sorted(ids.difference(coded.values_list("advocate_id", flat=True)))
