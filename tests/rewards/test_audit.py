"""`check_ledger` finds what is wrong, each invariant by a fault of its own."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from oscar_referrals import guards
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import pay, referred, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward() -> Reward:
    referral = referred(live_program(hold_days=0))
    settled(referral)
    pay(referral.order)
    return settled(referral)


@pytest.fixture
def unguarded() -> Any:
    """Let the test do to the books what nobody can."""
    guards.remove(connection)
    yield
    guards.install(connection)


def invariants() -> set[str]:
    return {finding.invariant for finding in audit()}


def test_books_in_order(reward: Reward) -> None:
    assert audit() == []
    out = StringIO()
    call_command("check_ledger", stdout=out)
    assert "2 rewards, 3 entries" in out.getvalue()


def test_the_command_fails_when_they_are_not(reward: Reward) -> None:
    LedgerAccount.objects.filter(kind="expense:reward").update(balance=1)
    err = StringIO()
    with pytest.raises(CommandError, match="1 finding"):
        call_command("check_ledger", stderr=err)
    assert "the balance says 1, the postings say 3500" in err.getvalue()


def test_a_changed_leg(reward: Reward, unguarded: Any) -> None:
    Posting.objects.filter(amount=1500).update(amount=1501)
    assert {"I1", "I2", "I4"} <= invariants()


def test_an_entry_without_legs(reward: Reward) -> None:
    LedgerEntry.objects.create(
        key=f"earn:{reward.key.partition(':')[2]}:9",
        reward=reward,
        event="earn",
        booked_at=timezone.now(),
    )
    assert invariants() == {"I1"}


def test_a_negative_debt(reward: Reward) -> None:
    entry = LedgerEntry.objects.filter(reward=reward).latest("pk")
    pending = LedgerAccount.objects.get(kind="liability:pending")
    available_account = LedgerAccount.objects.get(kind="liability:available")
    other = LedgerEntry.objects.create(
        key=f"{entry.event}:{reward.key.partition(':')[2]}:8",
        reward=reward,
        event=entry.event,
        booked_at=timezone.now(),
    )
    Posting.objects.create(entry=other, account=pending, amount=5)
    Posting.objects.create(entry=other, account=available_account, amount=-5)
    assert {"I2", "I3", "I4"} == invariants()


def test_a_state_that_the_books_do_not_know(reward: Reward) -> None:
    Reward.objects.filter(pk=reward.pk).update(state="pending")
    assert invariants() == {"I4"}


def test_an_amount_that_was_not_booked(reward: Reward) -> None:
    Reward.objects.filter(pk=reward.pk).update(amount=9999)
    assert invariants() == {"I4"}


def test_redeemed_with_nothing(reward: Reward) -> None:
    Reward.objects.filter(pk=reward.pk).update(state="redeemed", spent_amount=1500)
    assert invariants() == {"I4"}


def test_a_key_of_another_business(reward: Reward, unguarded: Any) -> None:
    LedgerEntry.objects.filter(reward=reward, event="issue").update(key="issue:elsewhere:1")
    assert invariants() == {"I5"}


def test_a_first_entry_without_the_rewards_key(reward: Reward, unguarded: Any) -> None:
    first = LedgerEntry.objects.get(key=reward.key)
    LedgerEntry.objects.filter(pk=first.pk).update(key=f"{first.event}:{reward.key[7:]}:0")
    assert invariants() == {"I5"}


def test_booked_for_somebody_else(reward: Reward, unguarded: Any) -> None:
    other = settled(referred(reward.program))
    account = LedgerAccount.objects.get(kind="liability:pending", advocate=other.advocate)
    mine = LedgerAccount.objects.get(kind="liability:pending", advocate=reward.advocate)
    Posting.objects.filter(account=mine).update(account=account)
    assert "I4" in invariants()
