"""`check_ledger` beyond the books: guards, reservations, amounts, currencies, set-offs, again."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import guards
from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.models import Claim, Decision
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.rewards.models import CreditUse, LedgerAccount, LedgerEntry, Reward, SetOff
from oscar_referrals.rewards.proof import prove
from oscar_referrals.rewards.proof.again import settled_again
from oscar_referrals.rewards.proof.worth import promised_amounts
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import available, order, pay, referred, set_status, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward() -> Reward:
    return available(live_program(hold_days=0))


def broken() -> set[str]:
    return {finding.invariant for finding in prove()}


def use_of(reward: Reward, **fields: Any) -> CreditUse:
    long_ago = timezone.now() - timedelta(days=30)
    return CreditUse.objects.create(
        **{
            "reward": reward,
            "state": "reserved",
            "amount": 500,
            "created_at": long_ago,
            "changed_at": long_ago,
            **fields,
        }
    )


def test_all_in_order(reward: Reward) -> None:
    assert list(prove()) == []


class TestCommand:
    """What it prints."""

    def test_it_says_how_each_invariant_fared(self, reward: Reward) -> None:
        out = StringIO()
        call_command("check_ledger", "--resettle", "5", stdout=out)
        verdicts = dict(line.split(maxsplit=2)[:2] for line in out.getvalue().splitlines()[:14])
        assert set(verdicts) == {f"I{number}" for number in range(1, 15)}
        assert {verdicts[f"I{number}"] for number in range(1, 13)} == {"ok"}
        assert verdicts["I13"] == verdicts["I14"] == "not"
        assert "I13  not in use" in out.getvalue()

    def test_it_says_that_nothing_was_settled_again(self, reward: Reward) -> None:
        out = StringIO()
        call_command("check_ledger", stdout=out)
        assert "I12  not asked" in out.getvalue()

    def test_a_balance_that_the_report_does_not_know(self, reward: Reward) -> None:
        LedgerAccount.objects.filter(kind="liability:available").update(balance=7)
        out, err = StringIO(), StringIO()
        with pytest.raises(CommandError):
            call_command("check_ledger", stdout=out, stderr=err)
        assert "I11  BROKEN (1)" in out.getvalue()
        assert "reported as 1500, the balances say 7" in err.getvalue()


def test_a_table_without_its_guard(reward: Reward) -> None:
    guards.remove(connection)
    try:
        assert broken() == {"I7"}
    finally:
        guards.install(connection)


class TestReservations:
    """I8."""

    def test_nothing_holds_it_any_more(self, reward: Reward) -> None:
        use_of(reward)
        Reward.objects.filter(pk=reward.pk).update(reserved=500)
        assert broken() == {"I8"}

    @pytest.mark.parametrize(
        ("status", "expected"),
        [("Open", set()), ("Frozen", set()), ("Saved", set()), ("Merged", {"I8"})],
    )
    def test_a_living_basket_holds_it(
        self, reward: Reward, status: str, expected: set[str]
    ) -> None:
        basket = get_model("basket", "Basket").objects.create(status=status)
        use_of(reward, basket=basket)
        Reward.objects.filter(pk=reward.pk).update(reserved=500)
        assert broken() == expected

    def test_it_was_left_a_moment_ago(self, reward: Reward) -> None:
        use_of(reward, changed_at=timezone.now())
        Reward.objects.filter(pk=reward.pk).update(reserved=500)
        assert broken() == set()

    def test_an_order_holds_it(self, reward: Reward) -> None:
        use_of(reward, state="paying", order_number=order(number="77").number)
        Reward.objects.filter(pk=reward.pk).update(reserved=500)
        assert broken() == set()

    def test_the_reward_says_another_sum(self, reward: Reward) -> None:
        Reward.objects.filter(pk=reward.pk).update(reserved=499)
        assert broken() == {"I8"}


class TestWorth:
    """I9."""

    def test_an_amount_that_was_not_promised(self, reward: Reward) -> None:
        Reward.objects.filter(pk=reward.pk).update(amount=1501)
        assert broken() == {"I9"}

    def test_a_friends_discount(self, reward: Reward) -> None:
        friends = reward.referral.rewards.get(side="friend")
        assert promised_amounts(friends) == {2000}

    def test_a_percentage_is_one_voucher(self) -> None:
        referral = referred(live_program(advocate={"percent": 15}))
        settle(referral.pk)
        assert promised_amounts(referral.rewards.get(side="advocate")) == {1}
        assert broken() == set()

    def tiered(self, **rules: Any) -> Any:
        side = {"kind": "credit", "value": 1000, "tiers": {2: {"currency": "MYR", "value": 2000}}}
        return advocate(live_program(advocate=side | rules.pop("side", {}), **rules))

    def test_each_reward_has_the_tier_it_was_given(self) -> None:
        member = self.tiered(hold_days=0)
        first, second = (available(member.program, member=member) for _number in range(2))
        assert (first.amount, second.amount) == (1000, 2000)
        self.is_exact(first, 1000)
        self.is_exact(second, 2000)
        # Voided or reversed, it stands nowhere in the books whatever it says.
        for reward in (first, second):
            set_status(reward.referral.order, "Cancelled")
            settled(reward.referral)
            self.is_exact(reward, reward.amount)
        set_status(second.referral.order, "Pending")
        # It is the first one by now, and was the second when it became available.
        assert settled(second.referral).amount == 2000
        self.is_exact(second, 2000)

    def test_a_limit_kept_it_in_its_tier(self) -> None:
        limit = {"scope": "advocate", "currency": "MYR", "amount": 2500}
        member = self.tiered(hold_days=2, limits=[limit])
        waiting = [referred(member.program, member=member) for _number in range(2)]
        for referral in waiting:
            pay(referral.order)
            self.is_exact(settled(referral), 1000)
        later = timezone.now() + timedelta(days=3)
        for referral in waiting:
            # The second one would be worth RM 20, and RM 25 are all that there is.
            self.is_exact(settled(referral, later), 1000)

    def test_a_reward_that_waits_comes_into_another_tier(self) -> None:
        member = self.tiered(hold_days=2)
        waiting = [referred(member.program, member=member) for _number in range(2)]
        for referral in waiting:
            pay(referral.order)
            self.is_exact(settled(referral), 1000)
        settled(waiting[0], timezone.now() + timedelta(days=3))
        reward = settled(waiting[1])
        assert (reward.state, reward.amount) == ("pending", 2000)
        self.is_exact(reward, 2000)
        told = Decision.objects.filter(subject=reward.key).order_by("pk")
        numbers = [(row.verdict, row.inputs["number"]) for row in told]
        assert numbers == [("held", 1), ("held", 2)]

    def test_it_came_before_its_referral_counted(self) -> None:
        member = self.tiered(hold_days=0, side={"trigger": "sign_up"})
        code = code_for(advocate=member)
        rewards = []
        for _number in range(2):
            friend = UserFactory()
            claim = claim_offer(code=code, method=Claim.Method.TYPED, user=friend)
            referral = credit_sign_up(claim=claim, friend=friend)
            assert referral is not None
            rewards.append(settled(referral))
        assert [reward.amount for reward in rewards] == [1000, 1000]
        self.is_exact(rewards[1], 1000)

    def is_exact(self, reward: Reward, amount: int) -> None:
        """Neither tier passes for the other."""
        row = Reward.objects.filter(pk=reward.pk)
        for claimed in (1000, 2000):
            row.update(amount=claimed)
            assert broken() == (set() if claimed == amount else {"I9"})
        row.update(amount=reward.amount)

    def test_a_currency_without_an_offer_is_worth_nothing(self) -> None:
        referral = referred(live_program(), currency="USD")
        settle(referral.pk)
        assert broken() == set()

    def test_what_staff_gave_is_promised_by_nobody(self, reward: Reward) -> None:
        reward.incentive = None
        assert promised_amounts(reward) == set()


class TestCurrencies:
    """I10."""

    def test_an_order_in_another_currency(self, reward: Reward) -> None:
        placed = order(number="88", currency="USD")
        use_of(reward, state="captured", order_number=placed.number)
        assert broken() == {"I10"}

    def test_a_voucher_spent_in_another_currency(self, reward: Reward) -> None:
        placed = order(number="88", currency="USD")
        Reward.objects.filter(pk=reward.pk).update(spent_order_number=placed.number)
        assert broken() == {"I10"}

    def test_a_piece_is_not_spent_as_credit(self) -> None:
        piece = available(live_program(hold_days=0, advocate={"percent": 15}))
        use_of(piece, state="released")
        assert broken() == {"I10"}

    def test_a_leg_in_another_unit(self, reward: Reward) -> None:
        account = LedgerAccount.objects.create(
            kind="contra:redeemed", program=reward.program, unit="USD"
        )
        guards.remove(connection)
        reward.entries.first().postings.filter(amount__gt=0).update(account=account)
        guards.install(connection)
        assert broken() == {"I10"}


class TestSetOffs:
    """What is set off is even."""

    @pytest.fixture
    def later(self, reward: Reward) -> Reward:
        member = reward.advocate
        return settled(referred(reward.program, member=member))

    def test_more_than_was_owed_back(self, reward: Reward, later: Reward) -> None:
        Reward.objects.filter(pk=reward.pk).update(clawback=100)
        Reward.objects.filter(pk=later.pk).update(netted=101)
        SetOff.objects.create(debt=reward, by=later, amount=101, made_at=timezone.now())
        assert broken() == {"I4"}

    def test_another_sum_than_the_reward_says(self, reward: Reward, later: Reward) -> None:
        Reward.objects.filter(pk=reward.pk).update(clawback=100)
        SetOff.objects.create(debt=reward, by=later, amount=100, made_at=timezone.now())
        assert broken() == {"I4"}
        Reward.objects.filter(pk=later.pk).update(netted=100)
        assert broken() == set()

    def test_somebody_elses_debt(self, reward: Reward) -> None:
        other = settled(referred(reward.program))
        Reward.objects.filter(pk=reward.pk).update(clawback=100)
        Reward.objects.filter(pk=other.pk).update(netted=100)
        SetOff.objects.create(debt=reward, by=other, amount=100, made_at=timezone.now())
        assert broken() == {"I4"}


class TestAgain:
    """I12."""

    def test_nothing_changes(self, reward: Reward) -> None:
        assert list(settled_again(10)) == []

    def test_what_would_change_is_named_and_not_changed(self, reward: Reward) -> None:
        type(reward.referral.order).objects.update(status="Cancelled")
        entries = LedgerEntry.objects.count()
        [finding] = settled_again(10)
        assert finding.invariant == "I12"
        assert "entries" in finding.detail
        reward.refresh_from_db()
        assert (reward.state, LedgerEntry.objects.count()) == ("available", entries)

    def test_a_settlement_that_fails(self, reward: Reward, monkeypatch: Any) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no answer")

        monkeypatch.setattr("oscar_referrals.rewards.proof.again.settle", fail)
        [finding] = settled_again(1)
        assert "no answer" in finding.detail

    def test_what_is_due_is_left_to_the_work(self, reward: Reward) -> None:
        type(reward.referral.order).objects.update(status="Cancelled")
        reward.referral.settle_due_at = timezone.now()
        reward.referral.save()
        assert list(settled_again(10)) == []

    def test_some_of_many(self, reward: Reward) -> None:
        for _n in range(4):
            settle(referred(reward.program).pk)
        assert list(settled_again(2)) == []
        assert list(settled_again(0)) == []


def test_a_loss_that_was_taken_back_twice(reward: Reward) -> None:
    entry = LedgerEntry.objects.create(
        key="loss-reversal:9:1:advocate",
        reward=reward,
        event="loss-reversal",
        booked_at=timezone.now(),
    )
    expense = LedgerAccount.objects.get(kind="expense:reward", program=reward.program)
    entry.postings.create(account=expense, amount=-5)
    assert broken() == {"I6"}
