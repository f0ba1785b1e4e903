"""What a program offers also changes by its dates and its budget; each time is announced once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import TestCase
from django.utils.timezone import now

from oscar_referrals import signals
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.offer_state import OfferState, state_of, tell_changes
from oscar_referrals.programs import lifecycle
from oscar_referrals.test.factories import live_program, publish_again
from tests.rewards.cases import referred

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "is_used_up", "state"),
    [
        (None, None, False, OfferState.OPEN),
        (None, None, True, OfferState.USED_UP),
        (NOON, None, False, OfferState.OPEN),
        (NOON + HOUR, None, True, OfferState.WAITING),
        (None, NOON + HOUR, False, OfferState.OPEN),
        (None, NOON, False, OfferState.OVER),
        (NOON - HOUR, NOON, True, OfferState.OVER),
    ],
)
def test_state(
    starts_at: datetime | None, ends_at: datetime | None, is_used_up: bool, state: OfferState
) -> None:
    assert state_of(starts_at=starts_at, ends_at=ends_at, is_used_up=is_used_up, now=NOON) == state


@pytest.fixture
def told(db: None) -> Iterator[list[str]]:
    """The states that were announced."""
    states: list[str] = []

    def listen(sender: Any, state: str, **kwargs: Any) -> None:
        states.append(state)

    signals.offer_changed.connect(listen)
    yield states
    signals.offer_changed.disconnect(listen)
    cache.clear()


def look(moment: datetime | None = None) -> None:
    """What the periodic work does, to the end of its transactions."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        tell_changes(now=moment)


def test_the_first_and_the_last_day_are_announced_once(told: list[str]) -> None:
    first = now() + HOUR
    program = live_program(starts_at=first, ends_at=first + 3 * HOUR)
    for hours in (-1, -1, 0, 1, 3, 4):
        look(first + hours * HOUR)
    assert told == ["waiting", "open", "over"]
    lifecycle.end(program=program)
    look(first + 5 * HOUR)
    assert told == ["waiting", "open", "over"]


def test_a_budget_that_is_used_up_or_has_room_again_is_announced(told: list[str]) -> None:
    budget = {"scope": "program", "currency": "MYR", "amount": 2000}
    program = live_program(limits=[budget])
    version = program.current_version
    assert version is not None
    look()
    assert not used_up.for_pages(version)
    referred(program)
    assert not used_up.for_pages(version)
    look()
    # Pages say at once what was announced, although they keep their answers for a while.
    assert used_up.for_pages(version)
    publish_again(program, limits=[budget | {"amount": 4000}])
    look()
    look()
    assert told == ["open", "used-up", "open"]


def test_a_new_version_is_a_change_and_a_paused_program_is_none(told: list[str]) -> None:
    program = live_program()
    look()
    publish_again(program, friend={"value": 500})
    look()
    lifecycle.pause(program=program)
    look()
    assert told == ["open", "open"]


def test_of_two_that_saw_a_change_one_announces_it(told: list[str]) -> None:
    live_program()

    def while_another_announces(version: Any) -> bool:
        with mock.patch.object(used_up, "look", return_value=False):
            tell_changes()
        return False

    with mock.patch.object(used_up, "look", side_effect=while_another_announces):
        look()
    assert told == ["open"]


def test_the_periodic_work_announces(told: list[str]) -> None:
    live_program()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("referrals_work", "-v0")
    assert told == ["open"]
