"""Turn verdicts round: a broken variant passes by failing.

Each test in this folder runs one of the races on code from which a lock, a constraint or an order
of locking was taken away. It has to fail by an assertion. One that passes proves that its race
would not see the fault; one that ends in any other exception proves nothing.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when != "call":
        return report
    if call.excinfo is None:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} is broken on purpose, and its race did not notice"
    elif call.excinfo.errisinstance(AssertionError):
        report.outcome = "passed"
        report.longrepr = None
        report.user_properties.append(("broken variant", "caught"))
    return report
