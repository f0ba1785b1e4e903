"""How a referral stands, in words for the advocate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from oscar_referrals.account.stories import own_stories, stories_of
from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.rewards.models import Reward

ORDERED = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
SOON = timezone.now() + timedelta(days=3)
PAST = timezone.now() - timedelta(days=3)


def story(referral_state="bound", referral_reason="", **fields):
    """Title, and words of the one reward."""
    (told,) = stories([fields] if fields else [], referral_state, referral_reason)
    (entry,) = told.entries
    assert entry.occasion == ""
    return SimpleNamespace(title=told.title, **entry.story._asdict())


def stories(several, referral_state="bound", referral_reason="", notes=None, shows_name=False):
    rewards = []
    for pk, fields in enumerate(several, start=1):
        values = {"unit": "MYR", "currency": "MYR", "amount": 2000, "side": "advocate", **fields}
        paid_back = values.pop("paid_back", None)
        reward = Reward(pk=pk, key=f"reward:{pk}", **{"incentive": Incentive(), **values})
        reward.paid_back = paid_back
        rewards.append(reward)
    referral = SimpleNamespace(
        order_number="100001",
        created_at=ORDERED,
        state=referral_state,
        reason=referral_reason,
        claim=SimpleNamespace(shows_name=shows_name),
        friend=SimpleNamespace(first_name="Farid "),
        rewards=SimpleNamespace(all=lambda: rewards),
    )
    with translation.override("en-gb"):
        return stories_of([referral], notes)


def test_the_friend_has_a_date_and_a_number_and_a_name_only_with_consent():
    assert story().title == "Friend 1, ordered 3 November 2026"
    (named,) = stories([], shows_name=True)
    assert named.title == "Farid, ordered 3 November 2026"


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
        claim=None,
        friend=None,
        rewards=SimpleNamespace(all=lambda: [reward]),
    )
    with translation.override("en-gb"):
        assert stories_of([referral])[0].entries[0].story.text == "Your 15% is ready to use."


def test_every_reward_of_a_friend_is_told_and_what_it_is_for():
    (told,) = stories(
        [
            {"state": "available", "incentive": Incentive(trigger="first_order")},
            {"state": "pending", "amount": 300, "incentive": Incentive(trigger="sign_up")},
            {"state": "voided", "reason": reasons.CAP_REACHED, "incentive": Incentive()},
        ]
    )
    assert [entry.occasion for entry in told.entries] == [
        "For the first order",
        "For the registration",
        "For the first order",
    ]
    assert [entry.story.badge for entry in told.entries] == ["Ready", "Waiting", "No reward"]
    assert "most that one person can earn" in told.entries[2].story.text


def details(**fields):
    return [text.replace("\xa0", " ") for text in story(**fields).details]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"state": "available", "netted": 500},
            ["MYR 5 of this was set off because an earlier reward was taken back."],
        ),
        (
            {"state": "available", "reduced": 750, "reduced_reason": reasons.PARTLY_REFUNDED},
            ["MYR 7.50 of it was taken back. A part of the order was refunded."],
        ),
        ({"state": "available", "adjusted": 250}, ["The shop added MYR 2.50."]),
        ({"state": "available", "adjusted": -250}, ["The shop took off MYR 2.50."]),
        (
            {
                "state": "redeemed",
                "reduced": 2000,
                "reduced_reason": reasons.ORDER_REFUNDED,
                "clawback": 2000,
            },
            [
                "MYR 20 of it was taken back. The order was refunded.",
                "MYR 20 that you had used already is set off against your next rewards. "
                "You never have to pay it.",
            ],
        ),
        (
            {"state": "reversed", "clawback": 2000, "paid_back": 500, "written_off": 300},
            [
                "You had used it before it was taken back. MYR 5 was set off since.",
                "MYR 12 that you had used already is set off against your next rewards. "
                "You never have to pay it.",
                "MYR 3 that you had used already was waived.",
            ],
        ),
        ({"state": "voided", "reduced": 2000, "reason": reasons.ORDER_CANCELLED}, []),
        ({"state": "available"}, []),
    ],
)
def test_what_became_of_the_amount(fields, expected):
    assert details(**fields) == expected


def test_what_is_left_of_a_reward_that_was_used_in_part():
    told = story(state="available", used=500)
    assert told.text.replace("\xa0", " ") == "MYR 15 of your MYR 20 is left to use."
    told = story(state="expired", used=500)
    assert told.text.replace("\xa0", " ") == "MYR 15 of your MYR 20 expired before it was used."


def test_a_reward_that_was_set_off_in_full_was_not_used():
    told = story(state="redeemed", reason=reasons.SET_OFF, netted=2000)
    assert told.text.replace("\xa0", " ").startswith("Your MYR 20 was set off in full")
    assert (told.badge, told.details) == ("Set off", ())


def test_what_the_shop_writes_stands_beside_the_reward():
    (told,) = stories([{"state": "available"}], notes={"reward:1": ["Sorry!", "Enjoy it."]})
    assert told.entries[0].story.details == (
        "The shop writes: Sorry!",
        "The shop writes: Enjoy it.",
    )


def test_a_gift_is_from_the_shop():
    gift = Reward(
        state="available",
        unit="MYR",
        currency="MYR",
        amount=1000,
        side="advocate",
        created_at=ORDERED,
    )
    with translation.override("en-gb"):
        (told,) = own_stories([gift])
    assert told.title == "From the shop, 3 November 2026"
    assert told.entries[0].story.details == ("The shop has given you this reward.",)


@pytest.mark.parametrize(
    ("trigger", "fields", "title"),
    [
        ("sign_up", {}, "For the registration, 3 November 2026"),
        ("nth_order", {"number": 2}, "For order number 2, 3 November 2026"),
        ("milestone", {"number": 2}, "For a number of successful referrals, 3 November 2026"),
    ],
)
def test_ones_own_rewards_as_a_friend_say_what_they_are_for(trigger, fields, title):
    own = Reward(
        state="voided",
        reason=reasons.ORDER_REFUNDED,
        unit="MYR",
        currency="MYR",
        amount=1000,
        side="friend",
        created_at=ORDERED,
        incentive=Incentive(trigger=trigger, **fields),
    )
    with translation.override("en-gb"):
        (told,) = own_stories([own])
    assert told.title == title
    assert told.entries[0].story.text == "The order was refunded."


@pytest.mark.parametrize("language", ["en-gb", "ms", "id"])
def test_a_sentence_begins_with_a_capital(language):
    own = Reward(
        state="available",
        unit="vouchers",
        currency="MYR",
        amount=1,
        side="friend",
        kind="free_shipping",
        created_at=ORDERED,
        incentive=Incentive(pk=1, trigger="sign_up", kind="free_shipping"),
    )
    figures = IncentiveAmount(currency="MYR", maximum=1000)
    own.incentive._prefetched_objects_cache = {"amounts": [figures]}
    with translation.override(language):
        (told,) = own_stories([own])
    text = told.entries[0].story.text
    assert text[0].isupper(), text
