"""Setting credit aside, paying with it and having it back, by the services alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture, reopen, used_for
from oscar_referrals.rewards.credit.wallet import (
    Balance,
    CreditRefused,
    balance,
    balances,
    release,
    reserve,
)
from oscar_referrals.rewards.models import CreditUse, Posting, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import DAY, available, books, order, pay, set_status, settled

pytestmark = pytest.mark.django_db

State = Reward.State


def credit_program(days: int | None = 90, value: int = 2000, **rules: Any) -> Program:
    """RM 20 off for the friend, RM 20 of credit for the advocate, no hold."""
    side = {"kind": "credit", "value": value, "validity_days": days}
    return live_program(**{"hold_days": 0, "advocate": side, **rules})


@pytest.fixture
def lot() -> Reward:
    """RM 20 of credit."""
    return available(credit_program())


@pytest.fixture
def basket(lot: Reward) -> Any:
    """Any basket of the owner's."""
    return basket_of(lot.owner)


def basket_of(owner: Any) -> Any:
    return get_model("basket", "Basket").objects.create(owner=owner)


def take(lot: Reward, basket: Any, amount: int | None = None, **kwargs: Any) -> int:
    """Set credit aside for a basket."""
    return reserve(
        owner_id=lot.owner_id, basket_id=basket.pk, currency="MYR", amount=amount, **kwargs
    )


def spend(lot: Reward, amount: int, total: str = "80.00") -> Any:
    """An order that was paid with credit, and the rest by card."""
    basket = basket_of(lot.owner)
    take(lot, basket, amount)
    placed = order(total, user=lot.owner)
    begin(basket_id=basket.pk, order_number=placed.number, currency="MYR", amount=amount)
    assert capture(order_number=placed.number) == amount
    settled(lot.referral)
    return placed


def money(lot: Reward, **kwargs: Any) -> Balance:
    return balance(owner_id=lot.owner_id, currency="MYR", **kwargs)


def checked(lot: Reward) -> Reward:
    """The row as it is now; the books agree with it."""
    findings = audit()
    assert not findings, [str(finding) for finding in findings]
    lot.refresh_from_db()
    return lot


class TestBalance:
    def test_it_is_what_can_be_spent_what_is_set_aside_and_what_is_to_come(self, lot, basket):
        take(lot, basket, 500)
        assert money(lot) == Balance(currency="MYR", spendable=1500, reserved=500, pending=0)

    def test_one_query_however_many_lots(self, lot, django_assert_num_queries):
        for _ in range(3):
            available(lot.program, member=lot.advocate)
        with django_assert_num_queries(1):
            assert money(lot).spendable == 8000

    def test_a_lot_past_its_expiry_does_not_count_although_nothing_says_so_yet(self, lot):
        assert money(lot, now=lot.expires_at).spendable == 0
        assert money(lot, now=lot.expires_at - timedelta(seconds=1)).spendable == 2000

    def test_a_voucher_is_no_part_of_it(self):
        reward = available(live_program(hold_days=0))
        assert balances(owner_id=reward.owner_id) == []
        assert money(reward) == Balance(currency="MYR")


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


def losses() -> int:
    """What the books say was lost."""
    legs = Posting.objects.filter(
        entry__event__in=("loss", "loss-reversal"), account__kind="expense:reward"
    )
    return sum(legs.values_list("amount", flat=True))


def credit_source(placed: Any, amount: str) -> Any:
    """The payment source of an order's credit, as the till records it."""
    from decimal import Decimal

    source_type, _created = get_model("payment", "SourceType").objects.get_or_create(
        code="referral-credit", defaults={"name": "Store credit"}
    )
    source = get_model("payment", "Source").objects.create(
        order=placed, source_type=source_type, currency=placed.currency
    )
    source.debit(Decimal(amount))
    return source


def test_a_balance_counts_all_that_a_lot_lost_and_got(settings: Any) -> None:
    """RM 20 and 3 given, 2 taken back; 1 set off, 0.50 held and 0.25 used: RM 19.25 are left."""
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "CURRENCIES": ("MYR", "EUR")}
    amounts = {"MYR": {"value": 2000}, "EUR": {"value": 700}}
    program = live_program(
        hold_days=0,
        advocate={"kind": "credit", "amounts": amounts},
        friend={"amounts": amounts},
    )
    lot = available(program)
    euros = available(program, member=lot.advocate, currency="EUR")
    waiting = available(program, member=lot.advocate)
    for row, fields in (
        (lot, {"adjusted": 300, "reduced": 200, "netted": 100, "reserved": 50, "used": 25}),
        (waiting, {"state": State.PENDING, "reduced": 500}),
    ):
        Reward.objects.filter(pk=row.pk).update(**fields)
    owner_id = euros.owner_id
    in_euros = Balance(currency="EUR", spendable=700)
    in_ringgit = Balance(currency="MYR", spendable=1925, reserved=50, pending=1500)
    assert balances(owner_id=owner_id) == [in_euros, in_ringgit]
    assert money(lot) == in_ringgit
    assert balance(owner_id=owner_id, currency="EUR") == in_euros
    assert balance(owner_id=owner_id, currency="USD") == Balance(currency="USD")


def test_a_refusal_says_its_reason_and_nothing_could_be_used_unless_told() -> None:
    refused = CreditRefused(reasons.CREDIT_SHORT)
    assert (str(refused), refused.spendable) == (reasons.CREDIT_SHORT, 0)
