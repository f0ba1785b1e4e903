"""Whose a reward is: the advocate's, or the friend's own account in the same program."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.proofs import proven_key
from oscar_referrals.programs.models import Program


@dataclass(frozen=True, kw_only=True)
class Beneficiary:
    """The row that the books owe to, and the account that may spend."""

    advocate: Advocate
    #: None for a guest, and after the account was deleted.
    owner_id: int | None
    #: Ordered without an account, so that there may still be one.
    is_guest: bool = False

    @property
    def erased(self) -> bool:
        """There was an account, and it was deleted."""
        return self.owner_id is None and not self.is_guest


def advocates_own(referral: Referral) -> Beneficiary:
    """The advocate of the referral. No query."""
    return Beneficiary(advocate=referral.advocate, owner_id=referral.advocate.user_id)


def friends_own(referral: Referral, known: Advocate | None) -> Beneficiary:
    """The friend, as a participant of the program who need not have joined (S08).

    ``known`` is who the friend's rewards are owed to already: that never changes, for the books
    have it. A guest gets a row of their own, which takes up the account that has proved the address
    of the order (`proofs`). Must run inside `lock`.
    """
    guest = _is_guest(referral)
    advocate = known or _row_of(referral)
    if advocate.user_id is None and guest:
        _take_up_account(advocate, referral)
    owner_id = advocate.user_id
    if owner_id is None and guest:
        # The account took part before it was known that the guest is the same person.
        owner_id = _account_of(referral)
    return Beneficiary(advocate=advocate, owner_id=owner_id, is_guest=guest)


def _is_guest(referral: Referral) -> bool:
    order = referral.order
    return referral.friend_id is None and bool(order is not None and order.guest_email)


def _row_of(referral: Referral) -> Advocate:
    if referral.friend_id is not None:
        row, _created = Advocate.objects.get_or_create(
            program=referral.program,
            user_id=referral.friend_id,
            defaults={"email_key": referral.friend_key},
        )
        return row
    _one_at_a_time(referral.program_id)
    own = Advocate.objects.filter(
        program=referral.program, user=None, joined_at=None, email_key=referral.friend_key
    )
    return own.order_by("pk").first() or Advocate.objects.create(
        program=referral.program, email_key=referral.friend_key
    )


def _one_at_a_time(program_id: int) -> None:
    """Let nobody else look for a guest's row until ours is written: no constraint keeps it one."""
    programs = Program.objects.select_for_update(no_key=True).order_by()
    programs.values_list("pk").get(pk=program_id)


def _take_up_account(advocate: Advocate, referral: Referral) -> None:
    user_id = _account_of(referral)
    if user_id is None:
        return
    taken = Advocate.objects.filter(program=referral.program, user=user_id).exists()
    if taken:
        return
    try:
        with transaction.atomic():
            Advocate.objects.filter(pk=advocate.pk).update(user=user_id)
    except IntegrityError:
        # It joins in this moment, with a row of its own.
        return
    advocate.user_id = user_id


def _account_of(referral: Referral) -> int | None:
    """The account that has proved the address of the order; None while none has.

    Anybody may register with somebody else's address, and a reward is money.
    """
    order = referral.order
    if order is None or not order.guest_email:
        return None
    key = referral.friend_key
    accounts = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    found = accounts.filter(email__iexact=order.guest_email)
    # With another spelling of the mailbox, if it has opened the link that went there.
    spelled = accounts.filter(referral_proofs__email_key=key, referral_proofs__ended_at=None)
    for user in chain(found, spelled):
        if key and proven_key(user) == key:
            pk: int = user.pk
            return pk
    return None
