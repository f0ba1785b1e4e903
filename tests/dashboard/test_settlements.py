"""Staff book that a guest's reward was paid outside the shop; above a value two of them do."""

from __future__ import annotations

import pytest

from oscar_referrals.rewards.models import OutsideSettlement, Reward
from tests.dashboard.conftest import OPERATOR
from tests.dashboard.pages import page_of, url
from tests.rewards.test_outside import waiting

pytestmark = pytest.mark.django_db

PAID = {"reference": "Transfer 4711", "reason": "Has no account", "customer_note": "By bank"}


@pytest.fixture(autouse=True)
def alone(settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "ASSIGN_ALONE": {"MYR": 1000}}


def pay_outside(client, reward, **more):
    return client.post(url("reward-outside", reward.pk), {**PAID, **more}, follow=True)


def test_one_person_below_the_value(operator, staff):
    reward = waiting()
    assert url("reward-outside", reward.pk) in page_of(
        operator.get(url("reward-detail", reward.pk))
    )
    reader = staff("view_reward", "view_referral")
    assert url("reward-outside", reward.pk) not in page_of(
        reader.get(url("reward-detail", reward.pk))
    )
    assert reader.get(url("reward-outside", reward.pk)).status_code == 403
    form = page_of(operator.get(url("reward-outside", reward.pk)))
    assert "What it came to" not in form
    assert "Friend · Guest" in form
    assert f"#{reward.referral.order_number}" in form
    assert "is required" in page_of(pay_outside(operator, reward, reference=""))
    page = page_of(pay_outside(operator, reward))
    assert "is booked as settled outside the shop" in page
    assert "Transfer 4711" in page
    page = page_of(operator.get(url("reward-detail", reward.pk)))
    assert "Booked: MYR 10 · Transfer 4711" in page
    assert url("reward-outside", reward.pk) not in page
    assert "is due and waits for its owner" in page_of(pay_outside(operator, reward))
    statement = page_of(operator.get(url("statement-advocate", reward.advocate_id)))
    assert "Settled outside the shop" in statement
    assert "Transfer 4711" in page_of(operator.get(url("settlement-list")))


def test_two_people_above_it(operator, staff):
    reward = waiting(value_type="percent", kind="voucher", percent="15", maximum=3000)
    page = page_of(pay_outside(operator, reward, amount="12.50"))
    assert "A second person has to agree. Nothing is booked yet." in page
    assert "You have asked for it yourself." in page
    asked = OutsideSettlement.objects.get()
    second = staff(*OPERATOR)
    assert "settlement outside the shop waits" in page_of(second.get(url("program-list")))
    page = page_of(second.post(url("settlement-detail", asked.pk), {"refuse": "", "reason": ""}))
    assert "is required" in page
    page = page_of(second.post(url("settlement-detail", asked.pk), {"approve": "1"}, follow=True))
    assert "is booked as settled outside the shop" in page
    reward.refresh_from_db()
    assert (reward.state, reward.settled_amount) == (Reward.State.REDEEMED, 1250)
    page = page_of(second.post(url("settlement-detail", asked.pk), {"approve": "1"}, follow=True))
    assert "Somebody has decided about this already." in page


def test_a_refusal_says_why(operator, staff):
    reward = waiting(value=2500)
    pay_outside(operator, reward)
    asked = OutsideSettlement.objects.get()
    data = {"refuse": "1", "reason": "No such transfer"}
    page = page_of(staff(*OPERATOR).post(url("settlement-detail", asked.pk), data, follow=True))
    assert "The reward waits for its owner again." in page
    assert "No such transfer" in page
