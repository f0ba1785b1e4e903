"""The seven facts of an offer."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from oscar_referrals.programs.summary import seven_facts
from oscar_referrals.test.factories import draft_version

pytestmark = pytest.mark.django_db
KEYS = ["amount", "both-sides", "conditions", "hold", "expiry", "caps", "end-date"]


def told(version, reader="advocate") -> dict[str, list[str]]:
    facts = seven_facts(version, reader=reader)
    assert [fact.key for fact in facts] == KEYS
    assert all(fact.title and all(fact.texts) and fact.texts for fact in facts)
    return {fact.key: [text.replace("\xa0", " ") for text in fact.texts] for fact in facts}


def test_each_of_the_seven_comes_from_the_versions_own_data():
    version = draft_version(
        friend={"value": 2345, "minimum": 8765},
        advocate={"value": 1357, "validity_days": 77},
        hold_days=13,
        attribution_days=19,
        ends_at=timezone.make_aware(timezone.datetime(2027, 3, 1)),
        limits=[{"scope": "advocate", "window": "month", "amount": 6}],
    )
    with translation.override("en-gb"):
        facts = told(version)
        assert "13.57" in facts["amount"][0]
        assert "23.45" in facts["both-sides"][0] and "their first order" in facts["both-sides"][0]
        assert any("87.65" in text for text in facts["conditions"])
        assert any("new customers" in text for text in facts["conditions"])
        assert "13 days" in facts["hold"][0]
        assert any("19 days" in text for text in facts["expiry"])
        assert any("77 days" in text for text in facts["expiry"])
        assert "6 rewards at most" in facts["caps"][0]
        assert "28 February 2027" in facts["end-date"][0]


def test_a_friend_reads_their_own_amount_first():
    with translation.override("en-gb"):
        facts = told(draft_version(), reader="friend")
    assert facts["amount"][0] == "MYR 20 off your first order of MYR 80 or more"
    assert "MYR 15" in facts["both-sides"][0]


def test_what_has_no_limit_says_so():
    version = draft_version(advocate={"value": 1500, "validity_days": None})
    with translation.override("en-gb"):
        facts = told(version)
    assert facts["expiry"][-1] == "Rewards don't expire."
    assert facts["caps"] == ["There is no limit to the number of rewards."]
    assert facts["end-date"] == ["No end date has been set."]


def test_a_milestone_beside_the_main_reward_belongs_to_the_amount():
    version = draft_version(
        more=[{"side": "advocate", "trigger": "milestone", "number": 5, "value": 9900}]
    )
    with translation.override("en-gb"):
        facts = told(version)
    assert any("5 successful referrals" in text and "99" in text for text in facts["amount"])


@pytest.mark.parametrize("language", ["ms", "id"])
def test_all_seven_are_there_in_every_language(language):
    with translation.override(language):
        told(draft_version())
