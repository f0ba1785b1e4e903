"""How a referral stands, in words for the advocate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from oscar_referrals.account.stories import stories_of
from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.models import Reward

ORDERED = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
SOON = timezone.now() + timedelta(days=3)
PAST = timezone.now() - timedelta(days=3)


def story(referral_state="bound", referral_reason="", **fields):
    rewards = []
    if fields:
        values = {"unit": "MYR", "currency": "MYR", "amount": 2000, "side": "advocate", **fields}
        rewards.append(Reward(incentive=Incentive(), **values))
    referral = SimpleNamespace(
        order_number="100001",
        created_at=ORDERED,
        state=referral_state,
        reason=referral_reason,
        rewards=SimpleNamespace(all=lambda: rewards),
    )
    with translation.override("en-gb"):
        return stories_of([referral])[0]


def test_the_friend_has_a_date_and_no_name():
    assert story().title == "A friend, ordered 3 November 2026"


def test_a_held_reward_says_until_when():
    held = story(state="pending", reason=reasons.HOLD, hold_until=SOON)
    assert held.text.startswith("Your MYR\xa020 is held until ")
    assert (held.badge, held.tone) == ("Waiting", "wait")


@pytest.mark.parametrize(
    ("fields", "text", "badge"),
    [
        (
            {"state": "pending", "reason": reasons.ORDER_UNPAID},
            "until the order is paid",
            "Waiting",
        ),
        ({"state": "pending", "reason": reasons.HOLD, "hold_until": PAST}, "on its way", "Waiting"),
        (
            {"state": "pending", "reason": reasons.TERMS_NOT_ACCEPTED, "hold_until": PAST},
            "until you join",
            "Waiting",
        ),
        ({"state": "available"}, "ready to use", "Ready"),
        ({"state": "available", "expires_at": PAST}, "expired", "Expired"),
        ({"state": "expired"}, "expired", "Expired"),
        (
            {"state": "redeemed", "spent_at": ORDERED},
            "used your MYR\xa020 on 3 November 2026",
            "Used",
        ),
        ({"state": "redeemed"}, "You used your MYR\xa020.", "Used"),
        ({"state": "voided", "reason": reasons.ORDER_CANCELLED}, "was cancelled", "No reward"),
        (
            {"state": "reversed", "reason": reasons.ORDER_REFUNDED},
            "Your MYR\xa020 was withdrawn. The order was refunded.",
            "No reward",
        ),
    ],
)
def test_every_state_of_a_reward_has_its_words(fields, text, badge):
    told = story(**fields)
    assert text in told.text
    assert told.badge == badge


@pytest.mark.parametrize("reason", [reasons.EXISTING_CUSTOMER, reasons.ALREADY_REFERRED])
def test_a_refused_referral_does_not_tell_who_is_a_customer(reason):
    told = story("refused", reason)
    assert told.text.startswith("The order didn't meet the conditions, for example because")
    assert told == story("refused", reasons.OWN_CODE)


def test_a_percentage_is_told_as_a_percentage():
    reward = Reward(
        unit="vouchers",
        amount=1,
        side="advocate",
        state="available",
        incentive=Incentive(percent=Decimal(15)),
    )
    referral = SimpleNamespace(
        order_number="100001",
        created_at=ORDERED,
        state=Referral.State.BOUND,
        rewards=SimpleNamespace(all=lambda: [reward]),
    )
    with translation.override("en-gb"):
        assert stories_of([referral])[0].text == "Your 15% is ready to use."
