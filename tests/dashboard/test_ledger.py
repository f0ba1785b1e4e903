"""The list of entries."""

from __future__ import annotations

import pytest
from django.utils import timezone

from oscar_referrals.rewards.models import LedgerEntry
from tests.dashboard.pages import page_of, url

pytestmark = pytest.mark.django_db


def test_it_shows_every_entry_with_its_legs(operator, reward):
    page = page_of(operator.get(url("ledger-list")))
    for entry in LedgerEntry.objects.all():
        assert entry.key in page
    assert "Liability: available rewards" in page


@pytest.mark.parametrize(
    ("query", "events"),
    [
        (lambda r: {"q": r.owner.email}, {"earn", "issue"}),
        (lambda r: {"q": r.voucher_code}, {"earn", "issue"}),
        (lambda r: {"q": r.key}, {"earn"}),
        (lambda r: {"q": f"#{r.referral.order_number}"}, {"earn", "issue", "redeem"}),
        (lambda r: {"reward": r.pk}, {"earn", "issue"}),
        (lambda r: {"event": "redeem"}, {"redeem"}),
        (lambda r: {"account": "liability:pending"}, {"earn", "issue"}),
        (lambda r: {"account": "receivable:clawback"}, set()),
        (lambda r: {"reward": "9" * 30}, set()),
        (lambda r: {"number": "x"}, set()),
    ],
    ids=range(10),
)
def test_it_can_be_narrowed_down(operator, reward, query, events):
    answer = operator.get(url("ledger-list"), query(reward))
    assert {entry.event for entry in answer.context["page"].rows} == events


def test_days_are_those_of_the_shop(operator, reward):
    today = timezone.localdate().isoformat()
    answer = operator.get(url("ledger-list"), {"start": today, "end": today})
    assert {entry.event for entry in answer.context["page"].rows} == {"earn", "redeem"}
