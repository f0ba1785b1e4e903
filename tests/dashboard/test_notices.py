"""What waits for a person is said where the operator looks first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, live_program, referral_code
from oscar_referrals.upkeep.models import JobRun
from tests.rewards.cases import pay, referred
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db

PROGRAMS = "oscar_referrals_dashboard:referrals-program-list"


@pytest.fixture
def worked():
    """The periodic work has just run, so that no notice speaks of it."""
    now = timezone.now()
    return JobRun.objects.create(name="work", started_at=now, finished_at=now, complete=True)


def notices(client) -> list[str]:
    return [notice.text for notice in client.get(reverse(PROGRAMS)).context["notices"]]


def test_nothing_waits(operator, worked):
    assert notices(operator) == []


def test_orders_wait_where_neither_payments_nor_statuses_decide(operator, worked, settings):
    settings.OSCAR_REFERRALS = {"PAID_STATUSES": ()}
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(referral_code(live_program()).code)
    friend.order()
    settle(Referral.objects.get().pk)
    assert notices(operator) == [
        "1 order waits for payment facts, so nobody is rewarded for it yet."
    ]
    settings.OSCAR_REFERRALS = {"PAID_STATUSES": ("Paid",)}
    settle(Referral.objects.get().pk)
    assert notices(operator) == []


def test_a_job_that_failed_is_named_with_its_error(operator, worked):
    JobRun.objects.filter(pk=worked.pk).update(failed=2, error="OperationalError: locked")
    [notice] = notices(operator)
    assert "“work” failed: OperationalError: locked" in notice


def test_work_that_is_late_says_what_cron_has_to_run(operator, worked):
    JobRun.objects.filter(pk=worked.pk).update(finished_at=timezone.now() - timedelta(hours=7))
    page = operator.get(reverse(PROGRAMS)).content.decode()
    assert "The periodic work is late" in page
    assert "manage.py referrals_work" in page


def test_work_that_never_ran_is_late(operator):
    assert "It has never run." in operator.get(reverse(PROGRAMS)).content.decode()


def test_messages_that_were_given_up_are_counted_for_those_who_may_see_them(
    operator, staff, worked
):
    for number in range(2):
        OutboxMessage.objects.create(
            key=str(number),
            event="referral_joined",
            user=UserFactory(),
            state="failed",
            next_attempt_at=timezone.now(),
        )
    assert notices(operator) == ["2 messages could not be sent and were given up."]
    assert notices(staff("view_program")) == []


def test_orders_wait_where_nothing_says_that_they_were_sent(operator, worked, settings):
    settings.OSCAR_REFERRALS = {}
    referral = referred(live_program(hold_from="shipment"))
    pay(referral.order)
    settle(referral.pk)
    [notice] = notices(operator)
    assert notice == "1 order waits for shipping facts, so nobody is rewarded for it yet."
    settings.OSCAR_REFERRALS = {"SHIPPED_STATUSES": ("Shipped",)}
    settle(referral.pk)
    assert notices(operator) == []
