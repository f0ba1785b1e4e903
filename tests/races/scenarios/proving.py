"""One account that proves its address more than once at a time."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from oscar_referrals.identity import email_key
from oscar_referrals.members.proofs import ProvedAddress, prove
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import settle_guest
from oscar_referrals.test.factories import UserFactory
from tests.races.harness import results, run_together
from tests.races.scenarios.rows import guest_order, pay_unnoticed, program_for_guests


def address_confirmed_by_four(_program: Any = None) -> None:
    """The button under the link of a mail is pressed in four windows at once: one proof, and what
    waited is handed out and booked once."""
    account = UserFactory()
    waits = guest_order(program_for_guests(), account.email)
    pay_unnoticed(waits.order)
    settle(waits.pk)
    assert Reward.objects.get(referral=waits, side="friend").owner is None
    results(run_together(*[partial(_press, account) for _window in range(4)]))
    assert ProvedAddress.objects.filter(user=account).count() == 1
    reward = Reward.objects.get(referral=waits, side="friend")
    assert (reward.state, reward.owner) == (Reward.State.AVAILABLE, account)
    booked = LedgerEntry.objects.filter(reward=reward)
    assert booked.count() == booked.values("event").distinct().count()
    assert audit() == []


def _press(account: Any) -> None:
    with transaction.atomic():
        assert prove(account, email_key(account.email))
        settle_guest(account)
