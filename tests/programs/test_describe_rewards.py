"""Sentences about kinds, triggers, tiers, choices, limits and refunds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from oscar_referrals.programs.contradictions import contradictions
from oscar_referrals.programs.describe import ORDER, describe
from oscar_referrals.programs.drafts import draft_of
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    IncentiveTier,
    ProgramVersion,
)
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.publish import publish
from oscar_referrals.test.factories import draft_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings: Any) -> Any:
    settings.OSCAR_REFERRALS = {
        "CURRENCY_SYMBOLS": {"MYR": "RM"},
        "CREDIT_AT_CHECKOUT": True,
    }
    with override("en-gb"):
        yield


def sentences(version: ProgramVersion) -> dict[str, str]:
    fresh = ProgramVersion.objects.get(pk=version.pk)
    return {clause.key: clause.text.replace("\xa0", " ") for clause in describe(fresh)}


def add(version: ProgramVersion, side: str = "advocate", **fields: Any) -> Incentive:
    figures = {
        name: fields.pop(name)
        for name in ("value", "minimum", "maximum", "threshold")
        if name in fields
    }
    percent = fields.get("percent")
    values = {"value_type": "fixed" if percent is None else "percent", "kind": "credit"}
    incentive = Incentive.objects.create(version=version, side=side, **(values | fields))
    IncentiveAmount.objects.create(incentive=incentive, currency="MYR", **figures)
    return incentive


@pytest.mark.parametrize(
    ("side", "fields", "sentence"),
    [
        (
            "advocate",
            {"kind": "credit", "value": 2000},
            "For the friend's first order, the advocate who invited them gets RM 20 of store "
            "credit.",
        ),
        (
            "advocate",
            {"kind": "credit", "percent": Decimal(10), "maximum": 5000},
            "For the friend's first order, the advocate who invited them gets store credit of "
            "10% of the goods after discounts (RM 50 at most).",
        ),
        (
            "advocate",
            {"kind": "free_shipping"},
            "For the friend's first order, the advocate who invited them gets free delivery of "
            "one order.",
        ),
        (
            "advocate",
            {"trigger": "sign_up", "value": 500},
            "When a friend registers, the advocate who invited them gets RM 5 of store credit.",
        ),
        (
            "advocate",
            {"trigger": "nth_order", "number": 3, "value": 500},
            "For the friend's order number 3, the advocate who invited them gets RM 5 of store "
            "credit.",
        ),
        (
            "advocate",
            {"trigger": "order_over", "threshold": 20000, "value": 500},
            "For the friend's first order of RM 200 or more, the advocate who invited them gets "
            "RM 5 of store credit.",
        ),
        (
            "advocate",
            {"trigger": "milestone", "number": 5, "kind": "voucher", "value": 5000},
            "After 5 successful referrals, the advocate gets a voucher for RM 50.",
        ),
        (
            "advocate",
            {"trigger": "milestone", "number": 1, "value": 100},
            "After 1 successful referral, the advocate gets RM 1 of store credit.",
        ),
        (
            "advocate",
            {"trigger": "every_nth", "number": 3, "value": 100},
            "For every 3 successful referrals, the advocate gets RM 1 of store credit.",
        ),
        (
            "friend",
            {"trigger": "sign_up", "value": 500},
            "When the friend registers, the friend gets RM 5 of store credit.",
        ),
        (
            "friend",
            {"kind": "free_shipping"},
            "With the first order, the friend gets free delivery of one order.",
        ),
        (
            "friend",
            {"trigger": "nth_order", "number": 2, "value": 500},
            "For order number 2, the friend gets RM 5 of store credit.",
        ),
    ],
)
def test_a_reward_is_said_by_kind_and_trigger(
    side: str, fields: dict[str, Any], sentence: str
) -> None:
    version = draft_version()
    add(version, side, **fields)
    assert sentences(version)[f"{side}-reward-01"] == sentence


def test_a_choice_is_one_sentence() -> None:
    version = draft_version(advocate=None)
    add(version, kind="voucher", choice="either", value=1500, validity_days=90)
    add(version, kind="credit", choice="either", value=1200)
    found = sentences(version)
    assert found["advocate-reward-01"] == (
        "For the friend's first order, the advocate who invited them gets one of these, by "
        "choice: a voucher for RM 15 or RM 12 of store credit."
    )
    assert "advocate-value" not in found
    assert "earns one reward" in found["once"]
    assert found["advocate-reward-01-choosing"].startswith("The advocate chooses between these")
    assert found["advocate-reward-01-voucher-validity"] == (
        "The voucher is valid for 90 days after it is issued."
    )
    assert "advocate-reward-01-credit-validity" not in found
    assert {"advocate-owner", "advocate-combination", "advocate-remainder", "credit-use"} <= set(
        found
    )
    for reader, words in (("advocate", "as you choose"), ("friend", "as they choose")):
        assert offer_sentence(
            ProgramVersion.objects.get(pk=version.pk), "advocate", reader=reader
        ).replace("\xa0", " ") == (
            f"a voucher for RM 15 off an order or RM 12 of store credit, {words}"
        )


def test_what_differs_between_alternatives_is_said_of_each() -> None:
    version = draft_version(advocate=None)
    voucher = add(
        version,
        kind="voucher",
        choice="either",
        value=1500,
        minimum=6000,
        validity_days=90,
        position=1,
    )
    other = add(
        version,
        kind="voucher",
        choice="either",
        percent=20,
        maximum=4000,
        validity_days=30,
        position=2,
    )
    add(version, kind="credit", choice="either", value=1200, validity_days=365, position=3)
    IncentiveTier.objects.create(incentive=voucher, from_number=5, currency="MYR", value=2500)
    IncentiveTier.objects.create(incentive=other, from_number=3, percent=30)
    found = sentences(version)
    assert found["advocate-reward-01"] == (
        "For the friend's first order, the advocate who invited them gets one of these, by "
        "choice: a voucher for RM 15 off an order of RM 60 or more, a voucher for 20% off one "
        "order (RM 40 at most) or RM 12 of store credit."
    )
    texts = [text for key, text in found.items() if key.startswith("advocate-reward-01-")]
    assert texts[1:] == [
        "From the advocate's successful referral number 5 on, a voucher for RM 15 off an order of "
        "RM 60 or more becomes a voucher for RM 25 off an order of RM 60 or more.",
        "From the advocate's successful referral number 3 on, a voucher for 20% off one order "
        "(RM 40 at most) becomes a voucher for 30% off one order (RM 40 at most).",
        "A voucher for RM 15 off an order of RM 60 or more: can be used for 90 days after it is "
        "given.",
        "A voucher for 20% off one order (RM 40 at most): can be used for 30 days after it is "
        "given.",
        "The store credit can be used for 365 days after it is given.",
    ]


def test_a_voucher_for_something_else_says_what_it_is_for() -> None:
    version = draft_version()
    add(version, kind="voucher", trigger="sign_up", value=500, minimum=3000)
    assert sentences(version)["advocate-reward-01"] == (
        "When a friend registers, the advocate who invited them gets a voucher for RM 5 off an "
        "order of RM 30 or more."
    )


def test_tiers_say_from_when_on() -> None:
    version = draft_version()
    incentive = version.incentives.get(side="advocate")
    IncentiveTier.objects.create(incentive=incentive, from_number=5, currency="MYR", value=2500)
    IncentiveTier.objects.create(incentive=incentive, from_number=20, currency="MYR", value=4000)
    texts = [text for key, text in sentences(version).items() if key.startswith("advocate-tier")]
    assert texts == [
        "From the advocate's successful referral number 5 on, it is RM 25 instead.",
        "From the advocate's successful referral number 20 on, it is RM 40 instead.",
    ]


LIMITS = [
    {"scope": "advocate", "window": "day", "amount": 1},
    {"scope": "advocate", "window": "month", "amount": 10},
    {"scope": "advocate", "window": "year", "currency": "MYR", "amount": 50000},
    {"scope": "friend", "amount": 2},
    {"scope": "program", "currency": "MYR", "amount": 1000000},
]


def test_limits_are_said_and_the_budget_has_no_figure() -> None:
    found = sentences(draft_version(limits=LIMITS))
    said = [text for key, text in found.items() if key.startswith("limit-")]
    assert said == [
        "A friend gets 2 rewards at most in all.",
        "An advocate gets 1 reward at most in any 24 hours.",
        "An advocate gets 10 rewards at most in any 30 days.",
        "An advocate gets rewards of RM 500 at most in any 12 months.",
        "What would exceed these limits is not paid, and not made up for later; the friend's "
        "discount stays.",
    ]
    assert found["budget"].startswith("Discounts and rewards are given while the program's budget")
    assert "10,000" not in " ".join(found.values())


def test_refund_rules_are_said() -> None:
    found = sentences(draft_version(partial_refunds="proportional", below_minimum="lose"))
    assert found["partial-refund"] == (
        "A refund of a part of the order reduces the reward in proportion."
    )
    assert "treated as refunded in full" in found["below-minimum"]
    assert "never collected" in found["clawback"]
    plain = sentences(draft_version(name="b"))
    assert plain["partial-refund"] == "A refund of a part of the order changes nothing."
    assert "below-minimum" not in plain


def test_the_word_voucher_is_only_used_for_vouchers() -> None:
    version = draft_version(advocate=None)
    add(version, value=2000, validity_days=365)
    found = sentences(version)
    about_advocates = [
        text for key, text in found.items() if key in ("hold", "refund") or "advocate" in key
    ]
    assert not any("voucher" in text.lower() for text in about_advocates), about_advocates
    assert found["advocate-reward-01-validity"] == (
        "The store credit can be used for 365 days after it is given."
    )
    assert offer_sentence(version, "advocate").replace("\xa0", " ") == "RM 20 of store credit"


def test_every_key_has_its_place() -> None:
    version = draft_version(limits=LIMITS, below_minimum="lose")
    add(version, "advocate", trigger="milestone", number=5, value=100, validity_days=5)
    add(version, "friend", trigger="sign_up", value=100, validity_days=5)
    for key in sentences(version):
        assert any(key == place or key.startswith(f"{place}-") for place in ORDER), key


def test_hand_written_terms_may_name_the_new_figures() -> None:
    version = draft_version(limits=LIMITS)
    incentive = version.incentives.get(side="advocate")
    IncentiveTier.objects.create(incentive=incentive, from_number=5, currency="MYR", value=2500)
    add(version, threshold=20000, trigger="order_over", value=777)
    text = "RM 25, RM 200, RM 500, RM 10000, RM 7.77 and RM 26 are what you get."
    (finding,) = contradictions(version, text, "en-gb")
    assert finding.figure == "RM 26"
    assert finding.right[0] == "RM\xa025"


def test_a_copy_has_all_that_an_operator_can_set() -> None:
    version = draft_version(
        limits=LIMITS, partial_refunds="proportional", below_minimum="lose", hold_from="payment"
    )
    extra = add(version, trigger="order_over", threshold=20000, value=777, position=3)
    IncentiveTier.objects.create(incentive=extra, from_number=5, currency="MYR", value=2500)
    publish(version=version)
    copy = draft_of(program=version.program)

    def rows(of: ProgramVersion) -> list[Any]:
        incentives = of.incentives.order_by("side", "position")
        return [
            list(of.limits.values("scope", "window", "measure", "currency", "amount")),
            list(incentives.values("side", "kind", "trigger", "number", "choice", "position")),
            list(incentives.values("amounts__value", "amounts__threshold", "tiers__value")),
            (of.partial_refunds, of.below_minimum, of.hold_from),
        ]

    assert copy.pk != version.pk
    assert rows(copy) == rows(version)
    assert sentences(copy) == sentences(version)
