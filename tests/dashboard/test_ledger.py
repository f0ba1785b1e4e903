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


def test_rewards_are_links_only_for_whoever_may_see_them(staff, reward):
    address = url("reward-detail", reward.pk)
    only_books = page_of(staff("view_ledgerentry").get(url("ledger-list")))
    assert address not in only_books and f"#{reward.referral.order_number}" in only_books
    both = staff("view_ledgerentry", "view_reward").get(url("ledger-list"))
    assert address in page_of(both)


def test_rewards_lead_to_the_story_only_whoever_may_see_it(staff, reward):
    address = url("referral-detail", reward.referral_id)
    assert address not in page_of(staff("view_reward").get(url("reward-list")))
    assert address in page_of(staff("view_reward", "view_referral").get(url("reward-list")))
