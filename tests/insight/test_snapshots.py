"""Snapshots of the ledger: the report says the same with them, and never trusts a wrong one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oscar_referrals.insight import breakage, snapshots
from oscar_referrals.insight.liability import Liability, liability
from oscar_referrals.insight.models import LedgerSnapshot, SnapshotBalance
from oscar_referrals.insight.moments import AsOf
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import pay, referred

pytestmark = pytest.mark.django_db

#: A Monday at midnight in UTC, as all snapshots are.
MONDAY = datetime(2025, 3, 3, tzinfo=UTC)
ZONES = [ZoneInfo(name) for name in ("UTC", "Asia/Kathmandu", "Asia/Kuala_Lumpur", "Pacific/Apia")]
ZONES.append(ZoneInfo("America/St_Johns"))
PENDING, AVAILABLE = "liability:pending", "liability:available"


@pytest.fixture
def program() -> Any:
    """RM 15 for the advocate, valid for 90 days."""
    with time_machine.travel(MONDAY - timedelta(days=30), tick=False):
        return live_program(hold_days=0)


def earn(program: Any, at: datetime, *, paid_after: float | None = None) -> Reward:
    """A reward that was earned at a moment, and paid for so many days later."""
    with time_machine.travel(at, tick=False):
        referral = referred(program)
        settle(referral.pk, now=at)
    if paid_after is not None:
        moment = at + timedelta(days=paid_after)
        with time_machine.travel(moment, tick=False):
            pay(referral.order)
            settle(referral.pk, now=moment)
    return referral.rewards.get(side="advocate")


def use(reward: Reward, at: datetime, amount: int = 1500) -> None:
    spend(reward_id=reward.pk, order_number=f"U{reward.pk}", amount=amount, now=at)
    settle(reward.referral_id, now=at)


def take_back(reward: Reward, at: datetime) -> None:
    order = reward.referral.order
    type(order).objects.filter(pk=order.pk).update(status="Cancelled")
    settle(reward.referral_id, now=at)


def a_busy_year(program: Any) -> datetime:
    """Rewards at awkward hours, of which every kind of thing became. Returns when it is over."""
    hours = (0, 5.75, 15.9, 16, 18.25, 23.99)
    found = [
        earn(program, MONDAY + timedelta(days=days, hours=hours[days % 6]), paid_after=days % 4)
        for days in range(0, 24, 2)
    ]
    for reward in found[:3]:
        use(reward, MONDAY + timedelta(days=40))
    use(found[3], MONDAY + timedelta(days=45), amount=900)
    take_back(found[4], MONDAY + timedelta(days=50))
    earn(program, MONDAY + timedelta(days=60, hours=16), paid_after=1)
    earn(program, MONDAY + timedelta(days=61, hours=3))
    for reward in found[5:9]:
        settle(reward.referral_id, now=MONDAY + timedelta(days=130))
    # Had its full time, and was taken back only afterwards.
    take_back(found[9], MONDAY + timedelta(days=131))
    earn(program, MONDAY + timedelta(days=200), paid_after=2)
    return MONDAY + timedelta(days=220)


def ask(as_of: AsOf, program: Any = None) -> Liability:
    return liability(as_of, program=program)


class TestTheSame:
    """With snapshots and without, the report is one and the same."""

    def test_at_every_moment_in_every_zone(self, program, monkeypatch):
        monkeypatch.setattr(breakage, "ENOUGH", 1)
        end = a_busy_year(program)
        moments = [
            AsOf(day=(MONDAY + timedelta(days=days)).date(), at=at, zone=zone)
            for zone in ZONES
            for days in (0, 6, 7, 30, 31, 52, 91, 121, 122, 133, 182, 219)
            for at in (time(23, 59), time(4, 10))
        ]
        without = [ask(moment) for moment in moments]
        assert snapshots.make_snapshots(end, at_most=None) == 31
        assert [ask(moment) for moment in moments] == without
        assert any(line.breakage.history.number for found in without for line in found.lines)
        assert [ask(moment, program) for moment in moments] == without

    def test_by_hand(self, program):
        """16:00 UTC on 4 March is midnight in Kuala Lumpur: there it was earned on the 5th."""
        earn(program, MONDAY + timedelta(days=1, hours=15))
        earn(program, MONDAY + timedelta(days=1, hours=16))
        snapshots.make_snapshots(MONDAY + timedelta(days=30))
        # On 4 April the first is 31 days old in Kuala Lumpur, and the second 30.
        [line] = ask(AsOf(day=date(2025, 4, 4), zone=ZoneInfo("Asia/Kuala_Lumpur"))).lines
        assert line.amounts[PENDING] == [1500, 1500, 0, 0, 0]
        [line] = ask(AsOf(day=date(2025, 4, 4), zone=ZoneInfo("UTC"))).lines
        assert line.amounts[PENDING] == [0, 3000, 0, 0, 0]

    def test_it_reads_only_what_was_booked_since(self, program):
        earn(program, MONDAY, paid_after=1)
        snapshots.make_snapshots(MONDAY + timedelta(days=20))
        # Nothing that a snapshot holds is read again, so what it says is what is reported.
        SnapshotBalance.objects.filter(kind=AVAILABLE).update(amount=-99)
        [line] = ask(AsOf(day=date(2025, 3, 25), zone=ZoneInfo("UTC"))).lines
        assert line.total(AVAILABLE) == 99

    def test_breakage_is_measured_on_the_monday_that_is_two_days_back(self, program, monkeypatch):
        """90 days after the first was handed out it counts from the Monday after that on."""
        monkeypatch.setattr(breakage, "ENOUGH", 1)
        earn(program, MONDAY, paid_after=0)
        earn(program, MONDAY + timedelta(days=80))
        numbers = {}
        for days in (91, 98, 99, 100):
            day = (MONDAY + timedelta(days=days)).date()
            [line] = ask(AsOf(day=day, zone=ZoneInfo("UTC"))).lines
            numbers[days] = line.breakage.history.number
        # Day 91 is a Monday, and its end a day after its beginning.
        assert numbers == {91: 0, 98: 1, 99: 1, 100: 1}

    def test_its_queries_do_not_grow(self, program):
        earn(program, MONDAY, paid_after=1)
        counts = []
        for weeks in (2, 20):
            snapshots.make_snapshots(MONDAY + timedelta(weeks=weeks, days=1), at_most=None)
            earn(program, MONDAY + timedelta(weeks=weeks, hours=1), paid_after=0)
            day = (MONDAY + timedelta(weeks=weeks, days=2)).date()
            with CaptureQueriesContext(connection) as queries:
                ask(AsOf(day=day, zone=ZoneInfo("Asia/Kuala_Lumpur")))
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 10


class TestMaking:
    """Which are made, and when."""

    def test_one_a_week_once_a_day_has_passed(self, program):
        earn(program, MONDAY + timedelta(days=3))
        week = timedelta(days=7)
        assert snapshots.make_snapshots(MONDAY + week) == 0
        assert snapshots.count_due(MONDAY + week) == 0
        assert snapshots.count_due(MONDAY + week + timedelta(days=1)) == 1
        assert snapshots.make_snapshots(MONDAY + week + timedelta(days=1)) == 1
        assert snapshots.make_snapshots(MONDAY + week + timedelta(days=1)) == 0
        [snapshot] = LedgerSnapshot.objects.all()
        assert (snapshot.before, snapshot.entries) == (MONDAY + week, LedgerEntry.objects.count())

    def test_what_is_booked_at_its_moment_is_of_the_next(self, program):
        earn(program, MONDAY)
        earn(program, MONDAY + timedelta(days=7))
        snapshots.make_snapshots(MONDAY + timedelta(days=30))
        sums = [
            -sum(row.amount for row in snapshot.balances.filter(kind=PENDING))
            for snapshot in LedgerSnapshot.objects.all()
        ]
        assert sums == [1500, 3000, 3000, 3000]

    def test_empty_books_have_none(self):
        assert snapshots.make_snapshots(MONDAY) == 0

    def test_a_run_makes_some_and_the_next_goes_on(self, program):
        earn(program, MONDAY)
        now = MONDAY + timedelta(days=30)
        assert snapshots.make_snapshots(now, at_most=3) == 3
        assert snapshots.make_snapshots(now, at_most=3) == 1

    def test_the_periodic_work_makes_them(self, program):
        earn(program, datetime.now(UTC) - timedelta(days=20))
        out = StringIO()
        call_command("referrals_work", stdout=out)
        assert "2 snapshots of the ledger" in out.getvalue()

    def test_by_command_and_again(self, program):
        earn(program, datetime.now(UTC) - timedelta(days=20))
        for options in ({}, {"again": True}):
            out = StringIO()
            call_command("referrals_snapshots", stdout=out, **options)
            assert "2 snapshots made" in out.getvalue()
        assert LedgerSnapshot.objects.count() == 2


class TestLateBookings:
    """What becomes visible after a snapshot was made of its time."""

    def test_the_report_counts_it_at_once(self, program):
        earn(program, MONDAY + timedelta(days=1))
        snapshots.make_snapshots(MONDAY + timedelta(days=40))
        earn(program, MONDAY + timedelta(days=2))
        [line] = ask(AsOf(day=date(2025, 4, 30), zone=ZoneInfo("UTC"))).lines
        assert line.owed == 3000

    def test_the_next_work_makes_the_snapshots_again(self, program):
        earn(program, MONDAY + timedelta(days=1))
        now = MONDAY + timedelta(days=40)
        snapshots.make_snapshots(now)
        right = LedgerSnapshot.objects.first()
        earn(program, MONDAY + timedelta(days=15))
        assert snapshots.make_snapshots(now) == 3
        # The first two weeks had it all.
        assert LedgerSnapshot.objects.first() == right
        newest = snapshots.latest_snapshot(now)
        assert newest.entries == LedgerEntry.objects.count()
        assert list(snapshots.wrong_snapshots()) == []

    def test_an_earlier_moment_is_not_concerned(self, program):
        earn(program, MONDAY + timedelta(days=1))
        snapshots.make_snapshots(MONDAY + timedelta(days=40))
        earn(program, MONDAY + timedelta(days=15))
        assert snapshots.latest_snapshot(MONDAY + timedelta(days=16)) is not None
        assert snapshots.latest_snapshot(MONDAY + timedelta(days=30)) is None


class TestProof:
    """`check_ledger` compares them with the postings."""

    def test_a_snapshot_that_says_something_else_is_found(self, program):
        earn(program, MONDAY, paid_after=1)
        snapshots.make_snapshots(MONDAY + timedelta(days=20))
        assert list(snapshots.wrong_snapshots()) == []
        SnapshotBalance.objects.filter(snapshot=LedgerSnapshot.objects.first()).update(amount=7)
        err = StringIO()
        with pytest.raises(CommandError):
            call_command("check_ledger", stdout=StringIO(), stderr=err)
        assert "the snapshot of 2025-03-10" in err.getvalue()
        snapshots.make_all_again(MONDAY + timedelta(days=20))
        assert list(snapshots.wrong_snapshots()) == []


def test_what_a_percentage_cost_is_no_part_of_the_history_of_amounts(monkeypatch):
    """RM 15 of credit expired. Beside it 10 % was spent and cost RM 12: still all credit lapsed."""
    monkeypatch.setattr(breakage, "ENOUGH", 1)
    with time_machine.travel(MONDAY - timedelta(days=30), tick=False):
        program = live_program(
            hold_days=0,
            advocate={"percent": 10, "validity_days": 90},
            more=[{"side": "advocate", "kind": "credit", "value": 1500, "validity_days": 90}],
        )
    with time_machine.travel(MONDAY, tick=False):
        referral = referred(program)
        pay(referral.order)
        settle(referral.pk, now=MONDAY)
    use(referral.rewards.get(side="advocate", kind="voucher"), MONDAY, amount=1200)
    settle(referral.pk, now=MONDAY + timedelta(days=100))
    settle(referred(program).pk, now=MONDAY + timedelta(days=100))
    lines = ask(AsOf(day=date(2025, 7, 1), zone=ZoneInfo("UTC"))).lines
    found = {line.unit: line.breakage.history for line in lines}
    assert found["MYR"] == breakage.Lapsed(number=1, value=1500, lapsed=1500)
    assert found["vouchers"] == breakage.Lapsed(number=1, value=1, lapsed=0)
