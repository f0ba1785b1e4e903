"""The forecast, the notice of a budget that runs low, and trying a limited reward again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oscar_referrals.dashboard.notices import for_staff
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, advocate, draft_version, live_program
from tests.dashboard.pages import said, url
from tests.insight.test_forecast import past
from tests.rewards.cases import pay, referred, set_status, settled

pytestmark = pytest.mark.django_db

BUDGET = {"scope": "program", "currency": "MYR", "amount": 4000}


def texts(user: Any) -> str:
    return " ".join(notice.text for notice in for_staff(user)).replace("\xa0", " ")


def test_the_forecast_is_linked_from_the_draft_and_from_publishing(operator: Any) -> None:
    draft = draft_version()
    address = url("version-forecast", draft.pk)
    for page in ("version-edit", "version-publish"):
        assert address in operator.get(url(page, draft.pk)).content.decode()


def test_the_forecast_shows_the_worst_case(operator: Any) -> None:
    draft = draft_version()
    address = url("version-forecast", draft.pk)
    assert "Nothing happened in these days" in operator.get(address).content.decode()
    past("100.00")
    page = operator.get(address, {"days": "30"})
    [row] = page.context["forecast"].currencies
    assert row.liability == 3500
    text = page.content.decode().replace("\xa0", " ")
    assert "35" in text and "The setting ORDER_MARGIN can name" in text


def test_the_forecast_names_each_incentive_and_how_it_is_counted(operator: Any) -> None:
    draft = draft_version(
        more=[
            {
                "side": "advocate",
                "trigger": "milestone",
                "number": 2,
                "kind": "credit",
                "value": 700,
            }
        ]
    )
    for days_ago in (2, 1):
        past("100.00", days_ago=days_ago)
    text = operator.get(url("version-forecast", draft.pk), {"days": "30"}).content.decode()
    text = text.replace("\xa0", " ")
    assert "A number of successful referrals (n = 2)" in text
    assert "MYR 7 of store credit" in text
    assert "the figure is a bound and no estimate" in text
    told = operator.get(url("version-forecast", draft.pk), {"days": "30", "advocates": "2"})
    assert "shared among the advocates in turn" in told.content.decode()


def test_a_wrong_number_of_days_is_named(operator: Any) -> None:
    page = operator.get(url("version-forecast", draft_version().pk), {"days": "0"})
    assert page.status_code == 200
    assert page.context["forecast"] is None
    assert page.context["form"].errors


def test_a_budget_that_runs_low_is_shown(operator: Any) -> None:
    staff = UserFactory(is_staff=True, is_superuser=True)
    program = live_program(limits=[BUDGET], hold_days=0)
    assert "of its budget" not in texts(staff)
    settle(referred(program).pk)
    assert "has given or promised MYR 35 of its budget of MYR 40." in texts(staff)


def test_a_limited_reward_can_be_tried_again() -> None:
    operator = Client()
    operator.force_login(UserFactory(is_staff=True, is_superuser=True))
    program = live_program(
        limits=[{"scope": "advocate", "window": "day", "amount": 1}], hold_days=0
    )
    member = advocate(program)
    first, second = (referred(program, member=member) for _ in range(2))
    for referral in (first, second):
        pay(referral.order)
        settled(referral)
    reward = second.rewards.get(side="advocate")
    assert reward.reason == reasons.CAP_REACHED
    assert "Try again" in operator.get(url("referral-detail", second.pk)).content.decode()
    address = url("reward-again", reward.pk)
    assert "Write down why" in said(operator.post(address))[0]
    data = {f"again-{reward.pk}-reason": "A good customer"}
    assert "still no room" in said(operator.post(address, data))[-1]
    set_status(first.order, "Cancelled")
    settled(first)
    assert "fits its limits now" in said(operator.post(address, data))[-1]
    reward.refresh_from_db()
    assert reward.state == "available"
