"""An order without a code has a story, too: why nobody gets the credit, and who had invited."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.sites.models import Site
from django.core.management import call_command

from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.explain import explain
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.spend import spend
from oscar_referrals.test.factories import UserFactory, live_program, referral_code
from tests.rewards.cases import available, order, settled

pytestmark = pytest.mark.django_db


def placed(user: Any = None) -> Any:
    return order(user=user, site=Site.objects.get_current())


def test_who_had_invited_stands_there_and_that_no_code_was_in_the_basket() -> None:
    program = live_program()
    named, opened = referral_code(program), referral_code(program)
    user = UserFactory()
    claim_offer(code=opened, method="link", user=user, visitor="v1")
    claim_offer(code=named, method="name", user=user, visitor="v1")
    number = placed(user).number
    story = explain(number)
    assert story.found
    assert [line.text for line in story.lines] == [
        "The order was placed without a referral code, so nobody gets the credit for it."
    ]
    assert [(row.candidate.code, row.chosen) for row in story.considered] == [
        (opened.code, False),
        (named.code, False),
    ]
    first, second = (row.reason for row in story.considered)
    assert first == reasons.staff_text(reasons.NOT_USED)
    assert second == reasons.staff_text(reasons.OUTRANKED)
    said = StringIO()
    call_command("referrals_explain", number, stdout=said)
    assert opened.pretty in said.getvalue()


def test_an_order_that_only_spent_a_reward_was_placed_without_a_code_as_well() -> None:
    program = live_program(hold_days=0)
    reward = available(program)
    opened = referral_code(program)
    claim_offer(code=opened, method="link", user=reward.owner, visitor="v1")
    bought = placed(reward.owner)
    assert spend(reward_id=reward.pk, order_number=bought.number, amount=reward.amount)
    settled(reward.referral)
    story = explain(bought.number)
    assert [line.text for line in story.lines] == [
        "The order was placed without a referral code, so nobody gets the credit for it.",
        "Advocate's side: Spent",
    ]
    assert story.customer_text == "No referral code was used with this order."
    assert [row.candidate.code for row in story.considered] == [opened.code]


def test_the_order_that_earned_a_reward_tells_what_became_of_it() -> None:
    reward = available(live_program(hold_days=0))
    bought = placed(reward.owner)
    assert spend(reward_id=reward.pk, order_number=bought.number, amount=reward.amount)
    settled(reward.referral)
    told = [line.text for line in explain(reward.referral.order_number).lines]
    assert told[-1] == "Advocate's side: Spent"


def test_nothing_is_known_of_a_guest() -> None:
    live_program()
    story = explain(placed().number)
    assert story.found
    assert story.considered == []


def test_there_is_no_story_of_an_order_that_does_not_exist() -> None:
    assert not explain("nothing").found
