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
from oscar_referrals.test.factories import UserFactory, live_program, referral_code
from tests.rewards.cases import order

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


def test_nothing_is_known_of_a_guest() -> None:
    live_program()
    story = explain(placed().number)
    assert story.found
    assert story.considered == []


def test_there_is_no_story_of_an_order_that_does_not_exist() -> None:
    assert not explain("nothing").found
