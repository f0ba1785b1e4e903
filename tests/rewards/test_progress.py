"""The way to the next goal, by the functions that settle goes by. Without a database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    IncentiveTier,
    ProgramVersion,
)
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.progress import next_steps

ADVOCATE = 22


def incentive(pk: int, trigger: str, *, number: int | None = None, **fields: Any) -> Incentive:
    tiers = fields.pop("tiers", [])
    made = Incentive(pk=pk, side="advocate", trigger=trigger, number=number, **fields)
    amounts = [IncentiveAmount(incentive=made, currency="MYR", value=1000)]
    made._prefetched_objects_cache = {"amounts": amounts, "tiers": tiers}
    return made


def version_with(*incentives: Incentive) -> ProgramVersion:
    version = ProgramVersion(pk=1, program_id=9)
    version._prefetched_objects_cache = {"incentives": list(incentives)}
    return version


def earned(made: Incentive, source: str, program: int = 9) -> Reward:
    return Reward(program_id=program, side="advocate", incentive=made, source=source)


def steps(version: ProgramVersion, successful: int, **given: Any) -> list[tuple[int, int, int]]:
    found = next_steps(version, advocate=ADVOCATE, successful=successful, **given)
    return [(step.goal, step.reached, step.needed) for step in found]


@pytest.mark.parametrize(
    ("successful", "expected"),
    [(0, [(5, 0, 5)]), (4, [(5, 4, 5)]), (7, [(8, 7, 8)])],
)
def test_a_milestone_that_was_not_reached_yet(successful, expected):
    # Promised only after the seventh: the eighth gets it.
    assert steps(version_with(incentive(1, "milestone", number=5)), successful) == expected


def test_a_milestone_is_reached_once_and_comes_back_when_the_number_drops():
    milestone = incentive(1, "milestone", number=5)
    rewards = [earned(milestone, f"milestone-5-{ADVOCATE}")]
    assert steps(version_with(milestone), 5, rewards=rewards) == []
    assert steps(version_with(milestone), 9, rewards=rewards) == []
    assert steps(version_with(milestone), 4, rewards=rewards) == [(5, 4, 5)]


def test_a_goal_of_another_program_is_another_goal():
    milestone = incentive(1, "milestone", number=5)
    elsewhere = [earned(milestone, "milestone-5-77", program=8)]
    assert steps(version_with(milestone), 4, rewards=elsewhere) == [(5, 4, 5)]


@pytest.mark.parametrize(
    ("successful", "expected"),
    [(0, (3, 0, 3)), (2, (3, 2, 3)), (3, (6, 0, 3)), (7, (9, 1, 3))],
)
def test_every_third_begins_anew_after_each_third(successful, expected):
    every = incentive(1, "every_nth", number=3)
    rewards = [
        earned(every, f"every-3-{number}-{ADVOCATE}") for number in range(1, successful // 3 + 1)
    ]
    assert steps(version_with(every), successful, rewards=rewards) == [expected]


def test_the_next_tier_is_the_next_other_value():
    tiers = [
        IncentiveTier(from_number=3, currency="MYR", value=2000),
        IncentiveTier(from_number=10, currency="MYR", value=3000),
    ]
    version = version_with(incentive(1, "first_order", tiers=tiers))
    (step,) = next_steps(version, advocate=ADVOCATE, successful=0)
    assert (step.goal, step.figures.value, step.is_tier) == (3, 2000, True)
    # The next one is the third already: what lies ahead is the tenth.
    (step,) = next_steps(version, advocate=ADVOCATE, successful=2)
    assert (step.goal, step.figures.value) == (10, 3000)
    assert next_steps(version, advocate=ADVOCATE, successful=9) == []


def test_a_tier_by_percentage():
    tiers = [IncentiveTier(from_number=3, currency="", percent=Decimal(20))]
    version = version_with(
        incentive(1, "first_order", value_type="percent", percent=Decimal(10), tiers=tiers)
    )
    (step,) = next_steps(version, advocate=ADVOCATE, successful=0)
    assert step.incentive.percent == 20


def test_alternatives_are_one_goal_and_the_preferred_one_is_named():
    first = incentive(1, "milestone", number=5, choice="thanks")
    second = incentive(2, "milestone", number=5, choice="thanks")
    version = version_with(first, second)
    (step,) = next_steps(version, advocate=ADVOCATE, successful=0)
    assert step.incentive == first
    (step,) = next_steps(version, advocate=ADVOCATE, successful=0, preferred=frozenset({2}))
    assert step.incentive == second


def test_the_nearest_goal_comes_first_and_friends_have_none():
    own = incentive(1, "milestone", number=5)
    nearer = incentive(2, "every_nth", number=2)
    friends = incentive(3, "milestone", number=1)
    friends.side = "friend"
    assert steps(version_with(own, nearer, friends), 0) == [(2, 0, 2), (5, 0, 5)]
