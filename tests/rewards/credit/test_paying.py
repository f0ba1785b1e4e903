"""Paying an order with credit that was set aside."""

from __future__ import annotations

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.payment import begin, capture, reopen, used_for
from oscar_referrals.rewards.credit.wallet import CreditRefused, release
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from tests.rewards.cases import DAY, books, set_status, settled
from tests.rewards.credit.lots import checked, money, spend, take

pytestmark = pytest.mark.django_db

State = Reward.State


class TestPaying:
    def test_no_more_than_is_needed_is_paid_and_the_rest_is_free_at_once(self, lot, basket):
        take(lot, basket)
        assert begin(basket_id=basket.pk, order_number="7", currency="MYR", amount=1200) == 1200
        assert checked(lot).reserved == 1200
        assert money(lot).spendable == 800

    def test_beginning_twice_is_beginning_once(self, lot, basket):
        take(lot, basket, 1200)
        for _ in range(2):
            assert begin(basket_id=basket.pk, order_number="7", currency="MYR", amount=1200) == 1200
        assert checked(lot).reserved == 1200

    def test_it_is_refused_when_the_reservation_is_gone(self, lot, basket):
        take(lot, basket, 1200)
        release(basket_id=basket.pk)
        with pytest.raises(CreditRefused) as refused:
            begin(basket_id=basket.pk, order_number="7", currency="MYR", amount=1200)
        assert refused.value.reason == reasons.CREDIT_SHORT

    def test_it_is_refused_when_the_lot_was_taken_back(self, lot, basket):
        take(lot, basket, 1200)
        set_status(lot.referral.order, "Cancelled")
        settle(lot.referral_id)
        with pytest.raises(CreditRefused):
            begin(basket_id=basket.pk, order_number="7", currency="MYR", amount=1200)
        release(basket_id=basket.pk)
        assert books(checked(lot)) == {}

    def test_what_is_being_paid_with_is_not_set_aside_anew(self, lot, basket):
        take(lot, basket, 1200)
        begin(basket_id=basket.pk, order_number="7", currency="MYR", amount=1200)
        with pytest.raises(CreditRefused):
            take(lot, basket, 100)
        assert release(basket_id=basket.pk) == 0
        assert reopen(basket_id=basket.pk) == 1
        assert take(lot, basket, 100) == 100

    def test_the_order_takes_it_and_settling_books_it(self, lot):
        placed = spend(lot, 1200)
        assert used_for(placed.number) == 1200
        lot = checked(lot)
        assert (lot.state, lot.reserved, lot.used, lot.left) == (State.AVAILABLE, 0, 1200, 800)
        assert books(lot) == {
            "expense:reward MYR": 2000,
            "liability:available MYR": -800,
            "contra:redeemed MYR": -1200,
        }
        assert capture(order_number=placed.number) == 0

    def test_two_orders_use_it_up(self, lot):
        spend(lot, 1200)
        spend(lot, 800)
        lot = checked(lot)
        assert (lot.state, lot.reason) == (State.REDEEMED, reasons.SPENT)
        assert books(lot) == {"expense:reward MYR": 2000, "contra:redeemed MYR": -2000}

    def test_used_up_it_does_not_expire(self, lot):
        spend(lot, 2000)
        assert settled(lot.referral, lot.expires_at + DAY).state == State.REDEEMED

    def test_the_rest_expires(self, lot):
        spend(lot, 1200)
        lot = settled(lot.referral, lot.expires_at)
        assert lot.state == State.EXPIRED
        assert books(lot) == {
            "expense:reward MYR": 2000,
            "income:breakage MYR": -800,
            "contra:redeemed MYR": -1200,
        }
