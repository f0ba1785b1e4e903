"""Every race, in as many trials as `TRIALS` says: all clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.races.scenarios import (
    codes,
    counting,
    crediting,
    jobs,
    outside,
    proving,
    publishing,
    settling,
    till,
)
from tests.races.trials import TRIALS, faults_of

SCENARIOS = (
    codes.first_code_requested_by_eight,
    settling.order_paid_eight_times,
    till.reward_in_six_baskets,
    till.reward_beside_a_frozen_basket,
    till.binding_against_placement,
    till.wallet_spent_by_fifty,
    codes.two_codes_after_a_merge,
    codes.two_codes_for_goods_and_delivery,
    till.revoked_while_an_order_is_in_flight,
    till.revoked_between_preview_and_post,
    publishing.published_by_six,
    publishing.statement_waived_by_six,
    jobs.work_by_four,
    settling.five_orders_of_an_advocate_below_the_cap,
    settling.twenty_orders_at_the_end_of_the_budget,
    settling.refund_and_release,
    settling.preference_changed_while_settled,
    settling.rewards_of_a_guest_who_joined,
    settling.two_orders_of_a_guest,
    proving.address_confirmed_by_four,
    outside.paid_outside_by_three_and_claimed,
    crediting.order_credited_by_six,
    jobs.reminded_by_four,
    jobs.change_told_by_four,
    jobs.one_turn_taken_by_four,
    jobs.order_repaired_by_four,
    jobs.source_added_by_four,
    counting.days_counted_by_four,
)


#: So many take part, or so much is to do, that each trial is several in one.
LARGE = (
    till.wallet_spent_by_fifty,
    jobs.work_by_four,
    jobs.change_told_by_four,
    settling.twenty_orders_at_the_end_of_the_budget,
)


@pytest.mark.parametrize("race", SCENARIOS, ids=lambda race: race.__name__)
def test_race_is_clean_in_every_trial(race: Callable[[Any], None]) -> None:
    trials = max(1, TRIALS * 2 // 5) if race in LARGE else TRIALS
    assert faults_of(race, trials=trials) == ""


def test_every_race_is_run_on_broken_code_as_well() -> None:
    """A race that was never seen to fail proves nothing."""
    broken = (Path(__file__).parent / "broken" / "test_broken.py").read_text()
    missing = [race.__name__ for race in SCENARIOS if f".{race.__name__})" not in broken]
    assert missing == []
