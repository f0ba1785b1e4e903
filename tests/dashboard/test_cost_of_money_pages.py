"""What the pages about money cost: no query more with more rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dashboard.pages import url
from tests.rewards.cases import settle_more

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        lambda r: url("reward-list"),
        lambda r: url("reward-detail", r.pk),
        lambda r: url("ledger-list"),
        lambda r: url("account-list"),
        lambda r: url("trial-balance"),
        lambda r: url("liability"),
        lambda r: (
            url("outstanding")
            + f"?program={r.program_id}&kind=liability:available&unit=MYR&day=2099-01-01"
        ),
        lambda r: url("statement-advocate", r.advocate_id),
    ],
    ids=["rewards", "reward", "ledger", "accounts", "balance", "liability", "behind", "statement"],
)
def test_more_rows_cost_no_more_queries(operator, reward, address):
    def queries() -> int:
        operator.get(address(reward))
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(address(reward)).status_code == 200
        return len(captured)

    before = queries()
    settle_more(reward.program, 6)
    assert queries() <= before
