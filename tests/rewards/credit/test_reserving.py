"""Setting credit aside for a basket."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.payment import begin
from oscar_referrals.rewards.credit.wallet import Balance, CreditRefused, balances, release, reserve
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.test.factories import UserFactory
from tests.rewards.cases import DAY, available, books
from tests.rewards.credit.lots import basket_of, checked, credit_program, money, take

pytestmark = pytest.mark.django_db

State = Reward.State


class TestReserving:
    def test_all_of_it_is_in_the_books_at_once(self, lot, basket):
        assert take(lot, basket) == 2000
        assert checked(lot).reserved == 2000
        assert books(lot) == {"expense:reward MYR": 2000, "liability:reserved MYR": -2000}

    def test_asking_again_replaces_what_was_set_aside(self, lot, basket):
        for amount in (2000, 300, 1200):
            take(lot, basket, amount)
            assert checked(lot).reserved == amount
        [use] = CreditUse.objects.all()
        assert (use.amount, use.state) == (1200, "reserved")

    @pytest.mark.parametrize("amount", [None, 700])
    def test_asking_for_the_same_again_writes_nothing(self, lot, basket, amount):
        held = take(lot, basket, amount)
        with CaptureQueriesContext(connection) as captured:
            assert take(lot, basket, amount) == held
        assert [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE"))] == []
        assert checked(lot).reserved == held

    def test_more_than_there_is_changes_nothing(self, lot, basket):
        take(lot, basket, 700)
        with pytest.raises(CreditRefused) as refused:
            take(lot, basket, 2001)
        assert (refused.value.reason, refused.value.spendable) == (reasons.CREDIT_SHORT, 2000)
        assert checked(lot).reserved == 700

    def test_another_basket_gets_what_is_left(self, lot, basket):
        take(lot, basket, 700)
        assert take(lot, basket_of(lot.owner)) == 1300
        assert money(lot) == Balance(currency="MYR", reserved=2000)

    def test_what_expires_first_goes_first(self):
        program = credit_program(days=90)
        late = available(program)
        early = available(program, member=late.advocate)
        Reward.objects.filter(pk=early.pk).update(expires_at=timezone.now() + 5 * DAY)
        never = available(program, member=late.advocate)
        Reward.objects.filter(pk=never.pk).update(expires_at=None)
        take(late, basket_of(late.owner), 4500)
        held = {use.reward_id: use.amount for use in CreditUse.objects.all()}
        assert held == {early.pk: 2000, late.pk: 2000, never.pk: 500}

    def test_no_currency_pays_for_another(self, settings):
        settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "CURRENCIES": ("MYR", "EUR")}
        side = {
            "kind": "credit",
            "validity_days": 90,
            "amounts": {"MYR": {"value": 2000}, "EUR": {"value": 500}},
        }
        program = credit_program(
            advocate=side, friend={"amounts": {"MYR": {"value": 2000}, "EUR": {"value": 2000}}}
        )
        ringgit = available(program)
        euro = available(program, member=ringgit.advocate, currency="EUR")
        assert [(row.currency, row.spendable) for row in balances(owner_id=euro.owner_id)] == [
            ("EUR", 500),
            ("MYR", 2000),
        ]
        basket = basket_of(euro.owner)
        assert take(euro, basket) == 2000
        with pytest.raises(CreditRefused):
            begin(basket_id=basket.pk, order_number="1", currency="EUR", amount=500)
        assert checked(euro).reserved == 0

    def test_releasing_gives_it_back(self, lot, basket):
        take(lot, basket, 700)
        assert release(basket_id=basket.pk) == 700
        assert checked(lot).reserved == 0
        assert books(lot) == {"expense:reward MYR": 2000, "liability:available MYR": -2000}
        assert release(basket_id=basket.pk) == 0

    def test_somebody_elses_credit_is_out_of_reach(self, lot):
        stranger = UserFactory()
        assert reserve(owner_id=stranger.pk, basket_id=basket_of(stranger).pk, currency="MYR") == 0


def test_a_refusal_says_its_reason_and_nothing_could_be_used_unless_told() -> None:
    refused = CreditRefused(reasons.CREDIT_SHORT)
    assert (str(refused), refused.spendable) == (reasons.CREDIT_SHORT, 0)
