"""Choosing between rewards on the account page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oscar_referrals.account.reward_choice import questions_for
from oscar_referrals.members.models import Advocate, RewardPreference
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.test.factories import advocate, live_program, publish_again
from tests.shop import Visitor, customer, texts

pytestmark = pytest.mark.django_db

EITHER = (
    {"side": "advocate", "choice": "either", "percent": 20, "validity_days": 90},
    {"side": "advocate", "choice": "either", "kind": "credit", "value": 1500, "position": 1},
)
SAVED = "Saved. Your choice holds for rewards that are recorded from now on."
WRONG = "Please choose one of the rewards that are offered now."


@pytest.fixture(autouse=True)
def with_credit(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}


@pytest.fixture
def program() -> Program:
    """A voucher of 20 % or store credit for a friend's first order."""
    return live_program(advocate=None, more=EITHER)


@pytest.fixture
def member(program: Program) -> Advocate:
    return advocate(program, user=customer())


def alternative(program: Program, kind: str) -> Incentive:
    version = Program.objects.get(pk=program.pk).current_version
    return version.incentives.get(choice="either", kind=kind)


def choose(visitor: Visitor, reward: Any) -> list[str]:
    return texts(visitor.post("referrals:choose-reward", data={"reward": reward}))


def marked(visitor: Visitor) -> list[tuple[str, bool]]:
    """Each alternative on the page, and whether it is the one that is marked."""
    (question,) = visitor.get("referrals:portal").context["reward_questions"]
    return [(item.words.replace("\xa0", " "), item.is_chosen) for item in question.alternatives]


def test_the_first_is_marked_until_another_is_chosen(program: Program, member: Advocate) -> None:
    visitor = Visitor(member.user)
    page = visitor.get("referrals:portal").content.decode()
    assert "This is what you get until you choose." in page
    assert page.count('type="radio" name="reward"') == 2
    assert [chosen for _words, chosen in marked(visitor)] == [True, False]
    credit = alternative(program, "credit")
    assert choose(visitor, credit.pk) == [SAVED]
    assert [chosen for _words, chosen in marked(visitor)] == [False, True]
    page = visitor.get("referrals:portal").content.decode()
    assert "This is what you get until you choose." not in page
    assert f'value="{credit.pk}" id="rf-choice-{credit.pk}" checked' in page
    preference = RewardPreference.objects.get()
    assert (preference.advocate, preference.incentive) == (member, credit)


def test_the_page_says_that_it_is_a_choice(program: Program) -> None:
    page = Visitor(customer()).get("referrals:portal").content.decode()
    assert "as you choose" in page
    assert "The advocate chooses between these rewards in their account." in page


@pytest.mark.parametrize(
    "reward", ["", "0", "-1", "x", "1e9", "9" * 40, "\x00", "1 OR 1=1", "<b>", "999999"]
)
def test_junk_is_answered_with_a_message(member: Advocate, reward: str) -> None:
    assert choose(Visitor(member.user), reward) == [WRONG]
    assert not RewardPreference.objects.exists()


def test_nothing_posted_is_answered_with_a_message(member: Advocate) -> None:
    assert texts(Visitor(member.user).post("referrals:choose-reward")) == [WRONG]


def test_what_is_no_alternative_cannot_be_chosen(program: Program, member: Advocate) -> None:
    friends = program.current_version.incentives.get(side="friend")
    assert choose(Visitor(member.user), friends.pk) == [WRONG]


def test_another_persons_preference_cannot_be_set(program: Program, member: Advocate) -> None:
    stranger = Visitor(customer())
    credit = alternative(program, "credit")
    data = {"reward": credit.pk, "advocate": member.pk, "user": member.user_id}
    stranger.post("referrals:choose-reward", data=data)
    assert not RewardPreference.objects.exists()
    other = advocate(program, user=stranger.user)
    stranger.post("referrals:choose-reward", data=data)
    assert RewardPreference.objects.get().advocate == other
    assert [chosen for _words, chosen in marked(Visitor(member.user))] == [True, False]


def test_visitors_are_sent_to_the_login(program: Program) -> None:
    response = Client().post(reverse("referrals:choose-reward"), {"reward": 1})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("customer:login"))
    page = Client().get(reverse("referrals:portal")).content.decode()
    assert 'name="reward"' not in page


def test_the_token_is_needed_and_opening_the_address_changes_nothing(member: Advocate) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member.user)
    assert strict.post(reverse("referrals:choose-reward"), {"reward": 1}).status_code == 403
    assert strict.get(reverse("referrals:choose-reward")).status_code == 405


def test_whoever_left_is_not_asked(program: Program, member: Advocate) -> None:
    visitor = Visitor(member.user)
    visitor.post("referrals:leave")
    assert 'name="reward"' not in visitor.get("referrals:portal").content.decode()
    choose(visitor, alternative(program, "credit").pk)
    assert not RewardPreference.objects.exists()


def test_a_paused_program_still_lets_choose(program: Program, member: Advocate) -> None:
    lifecycle.pause(program=program)
    visitor = Visitor(member.user)
    assert len(marked(visitor)) == 2
    assert choose(visitor, alternative(program, "credit").pk) == [SAVED]


def test_a_page_from_before_a_new_version_is_asked_again(
    program: Program, member: Advocate
) -> None:
    visitor = Visitor(member.user)
    before = alternative(program, "credit")
    publish_again(program, advocate=None, more=EITHER)
    assert choose(visitor, before.pk) == [WRONG]
    assert choose(visitor, alternative(program, "credit").pk) == [SAVED]
    # Of what was chosen once, the counterpart is marked under the next version.
    publish_again(program, advocate=None, more=EITHER)
    assert [chosen for _words, chosen in marked(visitor)] == [False, True]


def test_each_choice_is_a_question_of_its_own() -> None:
    more = [
        *EITHER,
        *(
            {
                "side": "advocate",
                "choice": "big",
                "trigger": trigger,
                "number": number,
                "kind": kind,
                "value": 5000,
            }
            for trigger, number in (("milestone", 5),)
            for kind in ("credit", "voucher")
        ),
    ]
    program = live_program(advocate=None, more=more)
    member = advocate(program, user=customer())
    visitor = Visitor(member.user)
    choose(visitor, alternative(program, "credit").pk)
    questions = visitor.get("referrals:portal").context["reward_questions"]
    assert [(item.name, item.earned_by, item.is_answered) for item in questions] == [
        ("either", "For a friend's first order:", True),
        ("big", "After 5 successful referrals:", False),
    ]


@pytest.mark.parametrize(
    ("trigger", "number", "words"),
    [
        ("sign_up", None, "When a friend registers:"),
        ("nth_order", 3, "For a friend's order number 3:"),
        ("order_over", None, "For a friend's first order that comes to enough:"),
        ("milestone", 1, "After 1 successful referral:"),
        ("every_nth", 1, "For every successful referral:"),
        ("every_nth", 4, "For every 4 successful referrals:"),
    ],
)
def test_the_question_says_what_it_is_for(trigger: str, number: int | None, words: str) -> None:
    own = {"trigger": trigger, "number": number, "threshold": 5000}
    program = live_program(advocate=None, more=[item | own for item in EITHER])
    (question,) = questions_for(advocate(program), program.current_version)
    assert question.earned_by == words


def test_without_a_choice_the_page_asks_and_costs_nothing() -> None:
    plain = live_program()
    member = advocate(plain, user=customer())
    visitor = Visitor(member.user)
    with CaptureQueriesContext(connection) as queries:
        page = visitor.get("referrals:portal").content.decode()
    assert 'name="reward"' not in page
    assert not [query for query in queries if "rewardpreference" in query["sql"].lower()]
