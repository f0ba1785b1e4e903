"""Races need the row locks of PostgreSQL, and a count of the broken variants that were caught."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.postgres)
            item.add_marker(pytest.mark.django_db(transaction=True))
            item.add_marker(pytest.mark.timeout(900))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    caught = sum(
        ("broken variant", "caught") in report.user_properties
        for report in terminalreporter.getreports("passed")
    )
    if caught:
        terminalreporter.line(f"{caught} broken variants failed as they must")
