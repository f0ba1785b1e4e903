"""A voucher is worth what its reward is, also where a tier made it more than the rule's amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from oscar_referrals.checkout.pins import pins_of
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import reward_value
from oscar_referrals.money import format_money
from oscar_referrals.programs.models import IncentiveTier
from oscar_referrals.programs.publish import PublishRefused, publish
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.proof import prove
from oscar_referrals.rewards.proof.again import settled_again
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.words import promise_of, value_of
from oscar_referrals.test.factories import advocate, draft_version, live_program
from tests.api_client import basket_of, priced
from tests.rewards.cases import available, pay, referred, set_status, settled
from tests.shop import product

pytestmark = pytest.mark.django_db


def test_the_second_friends_voucher_takes_off_what_its_tier_says() -> None:
    draft = draft_version(hold_days=0, advocate={"value": 1500, "validity_days": 90})
    incentive = draft.incentives.get(side="advocate")
    IncentiveTier.objects.create(incentive=incentive, from_number=2, currency="MYR", value=2500)
    program = publish(version=draft).program
    member = advocate(program)
    taken_off = []
    for _friend in range(2):
        referral = referred(program, member=member)
        pay(referral.order)
        settle(referral.pk)
        reward = Reward.objects.get(referral=referral, side="advocate")
        basket = basket_of(member.user, product("80.00"))
        basket.vouchers.add(reward.voucher)
        taken_off.append(priced(basket).total_discount)
    assert taken_off == [Decimal("15.00"), Decimal("25.00")]


def test_the_second_friends_voucher_takes_off_the_percentage_of_its_tier() -> None:
    draft = draft_version(
        hold_days=0,
        advocate={
            "percent": 15,
            "minimum": 4000,
            "validity_days": 90,
            "tiers": {2: {"percent": Decimal(25)}},
        },
    )
    program = publish(version=draft).program
    member = advocate(program)
    taken_off, said, missing = [], [], []
    for _friend in range(2):
        referral = referred(program, member=member)
        pay(referral.order)
        reward = settled(referral)
        basket = basket_of(member.user, product("80.00"))
        basket.vouchers.add(reward.voucher)
        taken_off.append(priced(basket).total_discount)
        said.append((value_of(reward), promise_of(reward), reward_value(reward)))
        small = basket_of(member.user, product("20.00"))
        small.vouchers.add(reward.voucher)
        missing.append(pins_of(priced(small))[0].standing.params["percent"])
    assert taken_off == [Decimal("12.00"), Decimal("20.00")]
    minimum = format_money(4000, "MYR")
    assert said == [
        (value, f"a voucher for {value} off an order of {minimum} or more", f"{value} discount")
        for value in ("15%", "25%")
    ]
    assert missing == ["15.00", "25.00"]
    assert not list(prove())


def test_a_voucher_comes_into_its_tier_until_it_is_handed_out() -> None:
    program = live_program(
        hold_days=0,
        advocate={"percent": 15, "validity_days": 90, "tiers": {2: {"percent": Decimal(25)}}},
    )
    member = advocate(program)
    first, second = (referred(program, member=member) for _friend in range(2))
    for referral in (first, second):
        settle(referral.pk)
    waiting = Reward.objects.filter(side="advocate").order_by("pk")
    assert [(item.state, item.percentage) for item in waiting] == [("pending", 15)] * 2
    for referral in (second, first):
        pay(referral.order)
        settle(referral.pk)
    assert [(item.state, item.percentage) for item in waiting.all()] == [
        ("available", 25),
        ("available", 15),
    ]
    # What has been handed out stays what it is, whatever becomes of the friend before.
    set_status(second.order, "Cancelled")
    settle(second.pk)
    settle(first.pk)
    assert waiting.get(referral=first).percentage == 25
    assert not list(settled_again(10))


def test_a_percentage_that_no_tier_promises_is_found() -> None:
    draft = draft_version(hold_days=0, advocate={"percent": 15, "validity_days": 90})
    reward = available(publish(version=draft).program)
    Reward.objects.filter(pk=reward.pk).update(percent=40)
    (finding,) = prove()
    assert (finding.invariant, finding.subject) == ("I9", reward.key)
    assert "40" in finding.detail


def test_a_reward_from_before_keeps_the_percentage_of_its_rule() -> None:
    draft = draft_version(hold_days=0, advocate={"percent": 15, "validity_days": 90})
    reward = available(publish(version=draft).program)
    reward.percent = None
    assert value_of(reward) == "15%"
    assert not list(prove())


def test_a_voucher_of_a_tier_is_called_what_it_is_worth() -> None:
    draft = draft_version(
        hold_days=0, advocate={"value": 1500, "tiers": {2: {"currency": "MYR", "value": 2500}}}
    )
    program = publish(version=draft).program
    member = advocate(program)
    rewards = [available(program, member=member) for _friend in range(2)]
    assert [promise_of(reward) for reward in rewards] == [
        f"a voucher for {format_money(value, 'MYR')} off an order" for value in (1500, 2500)
    ]


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        (
            {"friend": {"percent": 10, "tiers": {2: {"percent": 20}}}},
            "The discount that friends get with the order can't have tiers.",
        ),
        (
            {"advocate_delivery": {"tiers": {2: {"currency": "MYR", "value": 900}}}},
            "Free delivery can't have tiers: it is worth what delivery costs.",
        ),
    ],
)
def test_tiers_of_what_has_no_value_of_its_own_are_refused(
    sides: dict[str, Any], words: str
) -> None:
    with pytest.raises(PublishRefused) as refused:
        publish(version=draft_version(**sides))
    assert words in refused.value.problems
