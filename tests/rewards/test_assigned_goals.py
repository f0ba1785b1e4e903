"""Credits by hand and what depends on the number of referrals: nobody loses a goal for good."""

from __future__ import annotations

import pytest
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.assign import order_numbered, request_assignment
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import DAY, pay, referred

pytestmark = pytest.mark.django_db
CREDIT = {"kind": "credit", "value": 500, "validity_days": 90}


@pytest.fixture
def staff(settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "ASSIGN_ALONE": {"MYR": 100000}}
    return UserFactory(is_staff=True)


def bring(member):
    """A friend's paid order, credited to ``member``."""
    made = referred(member.program, member=member, discount=0)
    pay(made.order)
    settle_all()
    made.refresh_from_db()
    return made


def give(referral, member, staff):
    """Staff credit the order of ``referral`` to ``member`` instead."""
    asked = request_assignment(
        order=order_numbered(referral.order_number),
        code=code_for(advocate=member),
        actor=staff,
        note="They said so",
        evidence="A mail",
    )
    assert asked.state == "done"
    settle_all()
    return asked.referral


def settle_all():
    for _round in range(2):
        for pk in Referral.objects.order_by("pk").values_list("pk", flat=True):
            settle(pk)


def goals_of(member):
    rows = Reward.objects.filter(incentive__trigger__in=("milestone", "every_nth"))
    return [(row.source, row.state) for row in rows.filter(advocate=member).order_by("pk")]


@pytest.mark.parametrize("trigger", ["milestone", "every_nth"])
def test_a_goal_that_was_reached_with_an_order_taken_since_is_reached_again(staff, trigger):
    goal = {"side": "advocate", "trigger": trigger, "number": 2, "value": 500}
    program = live_program(hold_days=0, friend=CREDIT, more=[goal])
    one, other = advocate(program), advocate(program)
    bring(one)
    second = bring(one)
    assert [state for _source, state in goals_of(one)] == ["available"]
    give(second, other, staff)
    assert [state for _source, state in goals_of(one)] == ["reversed"]
    # Nothing asks again before the voucher of the first one expires.
    soon = timezone.now() + DAY
    assert not Referral.objects.filter(settle_due_at__lt=soon, advocate=one).exists()
    bring(one)
    assert [state for _source, state in goals_of(one)].count("available") == 1
    assert audit() == []
