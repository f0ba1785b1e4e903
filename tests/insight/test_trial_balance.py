"""The trial balance says the same as all legs added up, whatever the span."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations_with_replacement

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oscar_referrals.insight.trial_balance import Span, sums, trial_balance
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.ledger import direction
from oscar_referrals.rewards.models import Posting
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import SiteFactory, live_program
from tests.rewards.cases import pay, referred, set_status

pytestmark = pytest.mark.django_db

DAYS = (0, 3, 10, 40, 200)
Row = tuple[int, str, str, int, int, int]


@pytest.fixture
def start() -> datetime:
    """Two programs, of which one counts vouchers, and bookings on five days."""
    begin = timezone.now()
    programs = [
        live_program(hold_days=5),
        live_program(site=SiteFactory(), advocate={"percent": 10, "validity_days": 90}),
    ]
    for program in programs:
        made = [referred(program) for _number in range(3)]
        for referral in made:
            settle(referral.pk, now=begin)
            pay(referral.order)
        for days in DAYS[1:]:
            for referral in made:
                settle(referral.pk, now=begin + timedelta(days=days))
            set_status(made[0].order, "Cancelled")
    return begin


def added_up(span: Span, program: Program | None) -> set[Row]:
    """What every leg there is comes to."""
    figures: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for leg in Posting.objects.select_related("entry", "account"):
        account, moment = leg.account, leg.entry.booked_at
        if program is not None and account.program_id != program.pk:
            continue
        row = figures[account.program_id, account.kind, account.unit]
        if span.first is not None and moment < span.first:
            row[0] += direction(account.kind) * leg.amount
        elif span.before is None or moment < span.before:
            row[1 if leg.amount > 0 else 2] += abs(leg.amount)
    return {(*key, *row) for key, row in figures.items() if any(row)}


def test_it_is_what_all_legs_come_to(start: datetime) -> None:
    moments = [None, *(start + timedelta(days=day, hours=-1) for day in (*DAYS, 400))]
    spans = [(None, None), *combinations_with_replacement(moments, 2)]
    assert Posting.objects.count() > 40
    for program in (None, Program.objects.latest("pk")):
        for first, before in spans:
            span = Span(first=first, before=before)
            found = trial_balance(span, program=program)
            rows = {
                (row.program.pk, row.kind, row.unit, row.opening, row.debits, row.credits)
                for row in found
            }
            assert rows == added_up(span, program), span
            assert all(debits == credits for debits, credits in sums(found).values())


def test_a_month_does_not_read_what_was_booked_before_it(start: datetime) -> None:
    span = Span(first=start + timedelta(days=39), before=start + timedelta(days=70))
    with CaptureQueriesContext(connection) as captured:
        trial_balance(span)
    [read] = [q["sql"] for q in captured if "oscar_referrals_posting" in q["sql"]]
    assert len(captured) == 3
    assert '"booked_at" >=' in read
