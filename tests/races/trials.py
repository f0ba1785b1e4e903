"""Run a race again and again, and tell what its assertions found."""

from __future__ import annotations

import os
from collections.abc import Callable
from traceback import format_exception
from typing import Any

from tests.races.scenarios.rows import program_without_hold

TRIALS = int(os.environ.get("RACE_TRIALS", "8"))


def faults_of(race: Callable[[Any], None], *, trials: int = TRIALS) -> str:
    """What the first trial found whose assertions did not hold; empty if all trials were clean.

    Any other exception of the race itself goes through: it says nothing about who won.
    """
    program = program_without_hold()
    for _trial in range(trials):
        try:
            race(program)
        except AssertionError as fault:
            return "".join(format_exception(fault))
    return ""


def faults_of_broken(race: Callable[[Any], None]) -> str:
    """The same for broken code, which has more trials to be caught in."""
    return faults_of(race, trials=max(20, 2 * TRIALS))
