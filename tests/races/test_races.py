"""Every race, twenty trials each: all clean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.races import scenarios
from tests.races.harness import TRIALS

SCENARIOS = (
    scenarios.first_code_requested_by_eight,
    scenarios.order_paid_eight_times,
    scenarios.reward_in_six_baskets,
    scenarios.reward_beside_a_frozen_basket,
    scenarios.binding_against_placement,
    scenarios.wallet_spent_by_fifty,
    scenarios.two_codes_after_a_merge,
    scenarios.revoked_while_an_order_is_in_flight,
    scenarios.revoked_between_preview_and_post,
    scenarios.published_by_six,
    scenarios.work_by_four,
    scenarios.five_orders_of_an_advocate_below_the_cap,
    scenarios.twenty_orders_at_the_end_of_the_budget,
    scenarios.refund_and_release,
    scenarios.reminded_by_four,
    scenarios.order_repaired_by_four,
)


@pytest.mark.parametrize("race", SCENARIOS, ids=lambda race: race.__name__)
def test_race_is_clean_in_every_trial(race: Callable[[Any], None]) -> None:
    program = scenarios.program_without_hold()
    for _trial in range(TRIALS):
        race(program)
