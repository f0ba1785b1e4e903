"""How much credit somebody has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oscar_referrals.rewards.credit.wallet import Balance, balance, balances
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import available
from tests.rewards.credit.lots import money, take

pytestmark = pytest.mark.django_db

State = Reward.State


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
