"""When staff hear of links that are opened, and of codes that are tried, too often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.insight.spikes import many_guesses, spikes
from oscar_referrals.sharing.alphabet import new_code
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.touches import record
from oscar_referrals.test.factories import live_program, referral_code
from oscar_referrals.upkeep.models import JobRun

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def code() -> Any:
    return referral_code(live_program())


def touches(code: Any, number: int, before: timedelta, method: str = "link") -> None:
    for _touch in range(number):
        record(code=code, method=method, now=NOW - before)


@override_settings(OSCAR_REFERRALS={"TOUCH_ALARM": 5})
def test_more_than_the_alarm_and_ten_times_the_usual_within_an_hour(code: Any) -> None:
    calm = referral_code(code.program)
    touches(calm, 5, timedelta(minutes=10))
    touches(calm, 5, timedelta(minutes=61))
    touches(code, 4, timedelta(minutes=59), "qr")
    touches(code, 1, timedelta(minutes=1))
    touches(code, 3, timedelta(minutes=1), "typed")
    assert spikes(NOW) == []
    touches(code, 1, timedelta(minutes=1))
    [spike] = spikes(NOW)
    assert (spike.code, spike.touches, spike.usual) == (code, 6, 0)
    # 101 in seven days are 0.6 in an hour: six are not ten times as many.
    touches(code, 101, timedelta(days=2))
    assert spikes(NOW) == []


@override_settings(OSCAR_REFERRALS={"TOUCH_ALARM": 1, "TRY_ALARM": 2})
def test_the_operator_reads_of_both(code: Any, admin_client: Any) -> None:
    moment = timezone.now()
    JobRun.objects.create(name="work", started_at=moment, finished_at=moment, complete=True)
    for number in range(3):
        Client().get(share_path(code), headers={"User-Agent": f"Phone {number}"})
        Client().get(share_path(new_code()))
    page = admin_client.get(reverse("oscar_referrals_dashboard:referrals-program-list"))
    texts = [notice.text for notice in page.context["notices"]]
    assert texts == [
        f"The links of the code {code.pretty} were opened 3 times within an hour, usually 0 times.",
        "3 codes that don’t exist were tried within an hour.",
    ]


@override_settings(OSCAR_REFERRALS={"TRY_ALARM": 0})
def test_guesses_are_forgotten_after_two_hours(code: Any) -> None:
    moment = NOW.replace(minute=30)
    with time_machine.travel(moment, tick=False):
        Client().get(share_path(new_code()))
    for later, number in ((0, 1), (60, 1), (120, 0)):
        with time_machine.travel(moment + timedelta(minutes=later), tick=False):
            assert many_guesses(timezone.now()) == number


def test_with_nothing_to_tell_it_is_one_query(code: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert spikes(NOW) == []
