"""Run a race again and again, and tell what its assertions found."""

from __future__ import annotations

import os
from collections.abc import Callable
from traceback import format_exception
from typing import Any

from tests.races.scenarios.rows import program_without_hold

TRIALS = int(os.environ.get("RACE_TRIALS", "20"))


def faults_of(race: Callable[[Any], None]) -> str:
    """What the first trial found whose assertions did not hold; empty if all trials were clean.

    Any other exception of the race itself goes through: it says nothing about who won.
    """
    program = program_without_hold()
    for _trial in range(TRIALS):
        try:
            race(program)
        except AssertionError as fault:
            return "".join(format_exception(fault))
    return ""
