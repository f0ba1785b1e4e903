"""Having credit back from an order that was undone or refunded."""

from __future__ import annotations

import pytest

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import Reward
from tests.rewards.cases import DAY, available, books, pay, set_status, settled
from tests.rewards.credit.lots import credit_source, losses, spend

pytestmark = pytest.mark.django_db

State = Reward.State


class TestRestoring:
    @pytest.mark.parametrize("undo", ["Cancelled", "Refunded"])
    def test_an_undone_order_gives_all_back_with_its_original_expiry(self, lot, undo):
        before = lot.expires_at
        placed = spend(lot, 2000)
        set_status(placed, undo)
        lot = settled(lot.referral)
        assert (lot.state, lot.reason, lot.left) == (State.AVAILABLE, reasons.RESTORED, 2000)
        assert lot.expires_at == before
        assert books(lot) == {"expense:reward MYR": 2000, "liability:available MYR": -2000}

    def test_cancelled_by_the_shop_it_can_be_used_for_a_week_at_least(self, lot):
        placed = spend(lot, 2000)
        set_status(placed, "Cancelled")
        late = lot.expires_at + DAY
        lot = settled(lot.referral, late)
        assert (lot.state, lot.expires_at) == (State.AVAILABLE, late + 7 * DAY)
        assert settled(lot.referral, late + DAY).expires_at == late + 7 * DAY
        assert settled(lot.referral, late + 7 * DAY).state == State.EXPIRED

    def test_a_refund_that_is_recorded_before_the_cancellation_costs_no_grace(self, lot):
        placed = spend(lot, 2000)
        late = lot.expires_at + DAY
        set_status(placed, "Refunded")
        assert settled(lot.referral, late).state == State.EXPIRED
        set_status(placed, "Cancelled")
        for moment in (late, late + DAY):
            lot = settled(lot.referral, moment)
            assert (lot.state, lot.expires_at) == (State.AVAILABLE, late + 7 * DAY)

    def test_refunded_after_its_expiry_it_lapses(self, lot):
        placed = spend(lot, 2000)
        set_status(placed, "Refunded")
        lot = settled(lot.referral, lot.expires_at + DAY)
        assert (lot.state, lot.used) == (State.EXPIRED, 0)
        assert books(lot) == {"expense:reward MYR": 2000, "income:breakage MYR": -2000}

    def test_a_partial_refund_gives_back_what_was_refunded_to_the_credit(self, lot):
        placed = spend(lot, 2000)
        card = pay(placed, "60.00")
        source = credit_source(placed, "20.00")
        card.refund(card.amount_debited)
        assert settled(lot.referral).used == 2000
        for back in (500, 1100):
            source.refund(source.amount_debited.__class__("5.50" if back == 1100 else "5.00"))
            expected = 2000 - (500 if back == 500 else 1050)
            assert settled(lot.referral).used == expected

    def test_over_two_lots_what_expires_last_comes_back_first(self, lot):
        other = available(lot.program, member=lot.advocate)
        placed = spend(lot, 3000)
        settled(other.referral)
        source = credit_source(placed, "30.00")
        source.refund(source.amount_debited / 2)
        assert settled(other.referral).left == 2000
        assert settled(lot.referral).left == 500

    def test_an_order_that_comes_back_to_life_uses_it_again(self, lot):
        placed = spend(lot, 2000)
        set_status(placed, "Cancelled")
        settled(lot.referral)
        set_status(placed, "Pending")
        lot = settled(lot.referral)
        assert (lot.state, lot.used) == (State.REDEEMED, 2000)

    def test_what_was_spent_elsewhere_meanwhile_is_a_loss_until_it_comes_back(self, lot):
        first = spend(lot, 2000)
        set_status(first, "Cancelled")
        settled(lot.referral)
        second = spend(lot, 1500)
        set_status(first, "Pending")
        lot = settled(lot.referral)
        assert (lot.state, lot.used, losses()) == (State.REDEEMED, 2000, 1500)
        settled(lot.referral)
        assert losses() == 1500
        set_status(second, "Cancelled")
        lot = settled(lot.referral)
        assert (lot.state, lot.used) == (State.REDEEMED, 2000)
        assert settled(lot.referral).used == 2000
        assert losses() == 0

    def test_a_loss_ends_when_what_was_lost_is_refunded(self, lot):
        first = spend(lot, 2000)
        set_status(first, "Cancelled")
        settled(lot.referral)
        spend(lot, 600)
        set_status(first, "Pending")
        settled(lot.referral)
        assert losses() == 600
        source = credit_source(first, "20.00")
        # The order has RM 14 of the credit then, and RM 14 is what it got.
        source.refund(source.amount_debited * 3 / 10)
        lot = settled(lot.referral)
        assert (lot.used, losses()) == (2000, 0)
        source.refund(source.amount_debited / 10)
        lot = settled(lot.referral)
        assert (lot.used, losses()) == (1800, 0)

    def test_a_loss_ends_with_its_order(self, lot):
        first = spend(lot, 2000)
        set_status(first, "Cancelled")
        settled(lot.referral)
        spend(lot, 1500)
        for _ in range(2):
            set_status(first, "Pending")
            settled(lot.referral)
            assert losses() == 1500
            set_status(first, "Cancelled")
            assert settled(lot.referral).left == 500
            assert losses() == 0

    def test_a_deleted_order_changes_nothing(self, lot):
        placed = spend(lot, 2000)
        placed.delete()
        assert settled(lot.referral).used == 2000
