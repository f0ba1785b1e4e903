"""Rewards in a list, and the page of each."""

from __future__ import annotations

import pytest

from oscar_referrals.members.preferences import prefer
from oscar_referrals.programs import lifecycle
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import advocate, live_program
from tests.dashboard.pages import page_of, url
from tests.rewards.cases import available

pytestmark = pytest.mark.django_db


def test_every_figure_leads_to_its_entries(operator, reward):
    answer = operator.get(url("reward-detail", reward.pk))
    page = page_of(answer)
    assert {figure.label for figure in answer.context["figures"]} == {
        "Promised",
        "Owed in all",
        "Left",
    }
    for figure in answer.context["figures"]:
        assert figure.url.replace("&", "&amp;") in page
        rows = operator.get(figure.url).context["page"].rows
        assert rows
        assert {entry.reward_id for entry in rows} == {reward.pk}
    for entry in reward.entries.all():
        assert entry.key in page
    assert "Why it stands so" in page
    assert "The order is paid" in page


def test_what_was_offered_and_what_was_chosen(operator, reward, settings):
    assert "Offered to choose from" not in page_of(operator.get(url("reward-detail", reward.pk)))
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    own = {"side": "advocate", "choice": "either", "value": 1500}
    lifecycle.end(program=reward.program)
    program = live_program(
        name="Choose",
        advocate=None,
        hold_days=0,
        more=[own | {"validity_days": 90}, own | {"kind": "credit", "position": 1}],
    )
    member = advocate(program)
    credit = program.current_version.incentives.get(kind="credit")
    prefer(advocate=member, incentive_id=credit.pk, version=program.current_version)
    chosen = available(program, member=member)
    answer = operator.get(url("reward-detail", chosen.pk))
    choice = answer.context["choice"]
    assert [item.is_chosen for item in choice.alternatives] == [False, True]
    assert choice.reason == "preferred"
    page = page_of(answer)
    assert "A voucher for" in page
    assert "store credit</strong> (chosen)" in page
    assert "Preferred by the advocate" in page


def test_a_spent_one(operator, reward):
    spend(reward_id=reward.pk, order_number="800001", amount=1200)
    settle(reward.referral_id)
    page = page_of(operator.get(url("reward-detail", reward.pk)))
    assert "#800001" in page


def test_the_list_leads_to_it(operator, reward):
    page = page_of(operator.get(url("reward-list")))
    assert url("reward-detail", reward.pk) in page


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"kind": "voucher", "side": "advocate"}, 1),
        ({"kind": "credit"}, 0),
        ({"reason": "paid"}, 1),
        ({"reason": "hold"}, 0),
        ({"start": "2020-01-01", "end": "2020-01-02"}, 0),
    ],
)
def test_rewards_can_be_narrowed_down(operator, reward, query, number):
    assert len(operator.get(url("reward-list"), query).context["page"].rows) == number
