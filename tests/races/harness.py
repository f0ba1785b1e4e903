"""Start several callables at the same instant, each on a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass
class Outcome:
    """What one racer came back with: a result, or the exception that ended it."""

    result: Any = None
    error: Exception | None = None


def run_together(*racers: Callable[[], Any], timeout: float = 30.0) -> list[Outcome]:
    """Run all racers at once and answer their outcomes, in the order given.

    A racer that is not back within `timeout` seconds is an AssertionError: two racers that wait
    for each other are a finding, not an accident of the test.
    """
    outcomes = [Outcome() for _ in racers]
    start = threading.Barrier(len(racers))

    def run(racer: Callable[[], Any], outcome: Outcome) -> None:
        try:
            # Connecting takes long enough to decide the race; so all connect before the start.
            connections["default"].ensure_connection()
            start.wait(timeout)
            outcome.result = racer()
        except Exception as error:
            outcome.error = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=pair, daemon=True)
        for pair in zip(racers, outcomes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout)
    stuck = sum(thread.is_alive() for thread in threads)
    assert not stuck, f"{stuck} of {len(racers)} racers were not back after {timeout} s"
    return outcomes


def results(outcomes: list[Outcome]) -> list[Any]:
    """The results of racers of which none may have failed."""
    errors = [outcome.error for outcome in outcomes if outcome.error is not None]
    if errors:
        raise AssertionError(f"{len(errors)} of {len(outcomes)} racers failed") from errors[0]
    return [outcome.result for outcome in outcomes]
