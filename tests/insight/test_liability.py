"""Liability as of a moment: from the books alone, and the same whenever it is asked (I11)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from oscar_referrals.insight.liability import (
    KINDS,
    Line,
    differences_from_balances,
    liability,
    rewards_behind,
)
from oscar_referrals.insight.moments import AsOf, NoSuchTime
from oscar_referrals.rewards.models import LedgerAccount, Posting, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import pay, referred

pytestmark = pytest.mark.django_db

KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YEAR = datetime(2025, 12, 31, 16, tzinfo=UTC)  # midnight in Kuala Lumpur
AVAILABLE, PENDING = "liability:available", "liability:pending"


@pytest.fixture
def program() -> Any:
    """RM 15 for the advocate, valid for 90 days."""
    with time_machine.travel(datetime(2025, 1, 1, tzinfo=UTC), tick=False):
        return live_program(hold_days=0)


def earn(program: Any, at: datetime, *, paid: bool = False) -> Reward:
    """A reward that was earned, and perhaps handed out, at a moment."""
    with time_machine.travel(at, tick=False):
        referral = referred(program)
        settle(referral.pk, now=at)
        if paid:
            hand_out(referral, at)
    return referral.rewards.get(side="advocate")


def hand_out(referral: Any, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        pay(referral.order)
        settle(referral.pk, now=at)


def close_of(day: date, zone: ZoneInfo = KUALA_LUMPUR) -> AsOf:
    return AsOf(day=day, zone=zone)


def line(as_of: AsOf, **kwargs: Any) -> Line:
    [found] = liability(as_of, **kwargs).lines
    return found


class TestMoments:
    """A day and a time somewhere."""

    def test_the_last_minute_belongs_to_the_day(self):
        assert close_of(date(2025, 12, 31)).before == NEW_YEAR

    def test_a_time_ends_with_its_minute(self):
        noon = AsOf(day=date(2025, 12, 31), at=time(12, 0), zone=KUALA_LUMPUR)
        assert noon.before == datetime(2025, 12, 31, 4, 1, tzinfo=UTC)

    def test_a_day_of_23_hours_and_one_of_25(self):
        assert close_of(date(2026, 3, 29), BERLIN).before == datetime(2026, 3, 29, 22, tzinfo=UTC)
        assert close_of(date(2026, 10, 25), BERLIN).before == datetime(2026, 10, 25, 23, tzinfo=UTC)

    def test_of_a_time_that_came_twice_the_second_is_meant(self):
        twice = AsOf(day=date(2026, 10, 25), at=time(2, 30), zone=BERLIN)
        assert twice.moment == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    def test_a_time_that_was_skipped_is_none(self):
        with pytest.raises(NoSuchTime):
            AsOf(day=date(2026, 3, 29), at=time(2, 30), zone=BERLIN)


class TestClosedDates:
    """What was true on a date stays true."""

    def test_what_is_booked_a_second_later_is_of_the_next_year(self, program):
        earn(program, NEW_YEAR - timedelta(seconds=1))
        earn(program, NEW_YEAR)
        assert line(close_of(date(2025, 12, 31))).owed == 1500
        assert line(close_of(date(2026, 1, 1))).owed == 3000
        # In Berlin it is still the afternoon of the old year.
        assert line(close_of(date(2025, 12, 31), BERLIN)).owed == 3000

    def test_later_bookings_change_no_closed_date(self, program):
        rewards = [earn(program, NEW_YEAR - timedelta(days=n), paid=n % 2 == 0) for n in (1, 2, 3)]
        closed = close_of(date(2025, 12, 31))
        before = line(closed)
        assert (before.total(PENDING), before.total(AVAILABLE)) == (3000, 1500)
        later = NEW_YEAR + timedelta(days=5)
        for reward in rewards:
            hand_out(reward.referral, later)
        spend(reward_id=rewards[0].pk, order_number="900001", amount=1200, now=later)
        settle(rewards[0].referral_id, now=later)
        settle(rewards[1].referral_id, now=later + timedelta(days=400))
        assert line(closed) == before
        assert line(close_of(date(2026, 1, 31))).total(PENDING) == 0

    @pytest.mark.parametrize(
        ("night", "zone"),
        [(date(2026, 3, 29), BERLIN), (date(2026, 10, 25), BERLIN), (date(2026, 2, 28), BERLIN)],
        ids=["an hour less", "an hour more", "end of a month"],
    )
    def test_each_moment_of_a_night_is_of_one_day(self, program, night, zone):
        end = close_of(night, zone).before
        start = close_of(night - timedelta(days=1), zone).before
        for moment in (start - timedelta(seconds=1), start, end - timedelta(seconds=1), end):
            earn(program, moment)
        owed = [
            line(close_of(night + timedelta(days=days), zone)).owed // 1500 for days in (-1, 0, 1)
        ]
        assert owed == [1, 3, 4]

    def test_nothing_was_owed_before_anything_was_earned(self, program):
        earn(program, NEW_YEAR)
        assert liability(close_of(date(2025, 6, 1))).lines == []


class TestAges:
    """Days since it was earned, in whole days of the zone."""

    def test_each_age_has_its_limits(self, program):
        day = date(2025, 12, 31)
        noon = datetime(2025, 12, 31, 4, tzinfo=UTC)
        for days in (0, 30, 31, 90, 91, 180, 181, 365, 366, 400):
            with time_machine.travel(noon - timedelta(days=days), tick=False):
                earn(program, noon - timedelta(days=days))
        assert [n // 1500 for n in line(close_of(day)).amounts[PENDING]] == [2, 2, 2, 2, 2]

    def test_the_age_counts_days_and_not_hours(self, program):
        earn(program, datetime(2025, 11, 30, 16, 30, tzinfo=UTC))  # 1 December 0:30
        close, early = (
            date(2025, 12, 31),
            AsOf(day=date(2025, 12, 31), at=time(0, 10), zone=KUALA_LUMPUR),
        )
        assert line(close_of(close)).amounts[PENDING][0] == 1500
        assert line(early).amounts[PENDING][0] == 1500
        assert line(close_of(date(2026, 1, 1))).amounts[PENDING][1] == 1500


class TestTies:
    """The report is the ledger, seen from another side."""

    def test_it_equals_the_balances(self, program):
        rewards = [earn(program, NEW_YEAR - timedelta(days=n), paid=True) for n in (1, 2, 3)]
        spend(reward_id=rewards[0].pk, order_number="900001", amount=1200, now=NEW_YEAR)
        settle(rewards[0].referral_id, now=NEW_YEAR)
        found = line(close_of(date(2026, 6, 1)))
        for kind in KINDS:
            balance = LedgerAccount.objects.filter(kind=kind).aggregate(total=Sum("balance"))
            assert found.total(kind) == (balance["total"] or 0)
        assert list(differences_from_balances()) == []

    def test_a_balance_that_strayed_is_found(self, program):
        earn(program, NEW_YEAR)
        LedgerAccount.objects.filter(kind=PENDING).update(balance=1)
        [(words, reported, balance)] = differences_from_balances()
        assert PENDING in words
        assert (reported, balance) == (1500, 1)

    def test_every_figure_has_its_rewards_behind_it(self, program):
        noon = datetime(2025, 12, 31, 4, tzinfo=UTC)
        for days in (0, 40, 41, 100, 400):
            earn(program, noon - timedelta(days=days), paid=days > 90)
        as_of = close_of(date(2025, 12, 31))
        found = line(as_of)
        for kind in KINDS:
            for age, amount in enumerate(found.amounts[kind]):
                rows = rewards_behind(as_of, program=program, unit="MYR", kind=kind, age=age)
                assert sum(row.outstanding for row in rows) == amount
            rows = rewards_behind(as_of, program=program, unit="MYR", kind=kind)
            assert sum(row.outstanding for row in rows) == found.total(kind)

    def test_its_queries_do_not_grow(self, program):
        earn(program, NEW_YEAR, paid=True)
        with CaptureQueriesContext(connection) as few:
            liability(close_of(date(2026, 6, 1)))
        for n in range(4):
            earn(program, NEW_YEAR + timedelta(days=n), paid=True)
        with CaptureQueriesContext(connection) as many:
            liability(close_of(date(2026, 6, 1)))
        assert len(many) == len(few) <= 7

    def test_programs_and_currencies_stand_apart(self, program):
        earn(program, NEW_YEAR)
        assert liability(close_of(date(2026, 6, 1)), program=program).totals() == {
            "MYR": {**dict.fromkeys(KINDS, 0), PENDING: 1500}
        }


class TestBreakage:
    """What is expected never to be used."""

    def test_without_history_nothing_is_expected(self, program):
        earn(program, NEW_YEAR, paid=True)
        found = line(close_of(date(2026, 1, 10)))
        assert found.breakage.percent is None
        assert found.breakage.amount is None
        assert found.breakage.history.number == 0

    def test_a_typed_rate_counts_on_what_can_expire(self, program):
        earn(program, NEW_YEAR, paid=True)
        found = line(close_of(date(2026, 1, 10)), rate=Decimal("12.5"))
        # 12.5 % of 15.00 is 1.875, half-even.
        assert (found.breakage.base, found.breakage.amount) == (1500, 188)

    def test_it_is_measured_on_what_had_its_full_time(self, program, monkeypatch):
        monkeypatch.setattr("oscar_referrals.insight.breakage.ENOUGH", 4)
        start = datetime(2025, 2, 1, 4, tzinfo=UTC)
        old = [earn(program, start + timedelta(hours=n), paid=True) for n in range(4)]
        spend(reward_id=old[0].pk, order_number="1", amount=1500, now=start + timedelta(days=9))
        spend(reward_id=old[1].pk, order_number="2", amount=900, now=start + timedelta(days=9))
        for reward in old[:2]:
            settle(reward.referral_id, now=start + timedelta(days=9))
        for reward in old[2:]:
            settle(reward.referral_id, now=start + timedelta(days=91))
        young = start + timedelta(days=60)
        earn(program, young, paid=True)
        found = line(close_of(date(2025, 5, 10)))
        assert found.owed == 1500
        history = found.breakage.history
        # 6.00 left over and twice 15.00 expired, of 60.00.
        assert (history.number, history.lapsed, history.value) == (4, 3600, 6000)
        assert found.breakage.percent == Decimal("60.0")
        assert found.breakage.amount == 900

    def test_what_was_taken_back_is_no_breakage(self, program, monkeypatch):
        monkeypatch.setattr("oscar_referrals.insight.breakage.ENOUGH", 1)
        start = datetime(2025, 2, 1, 4, tzinfo=UTC)
        reward = earn(program, start, paid=True)
        type(reward.referral.order).objects.filter(pk=reward.referral.order_id).update(
            status="Cancelled"
        )
        settle(reward.referral_id, now=start + timedelta(days=9))
        earn(program, start + timedelta(days=100))
        found = line(close_of(date(2025, 6, 10)))
        assert found.breakage.history.number == 0

    def test_nothing_of_it_is_booked(self, program):
        earn(program, NEW_YEAR, paid=True)
        before = Posting.objects.count()
        liability(close_of(date(2026, 6, 1)), rate=Decimal(50))
        assert Posting.objects.count() == before
