"""What is at stake in a credit by hand: nothing is left out that it gives, or takes."""

from __future__ import annotations

import pytest

from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.rewards.assign import (
    approve_assignment,
    look,
    order_numbered,
    request_assignment,
)
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.stakes import value_of
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program, publish_again
from tests.rewards.cases import order, pay, referred

pytestmark = pytest.mark.django_db
CREDIT = {"kind": "credit", "value": 1500, "validity_days": 90}
#: Of a kind that the till doesn't give, so that an order without lines will do.
FRIEND = {"kind": "credit", "value": 700, "validity_days": 90}


@pytest.fixture
def staff(settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "ASSIGN_ALONE": {"MYR": 2200}}
    return UserFactory(is_staff=True)


def program(**figures):
    return live_program(**{"friend": FRIEND, "advocate": CREDIT, "hold_days": 0, **figures})


def bring(member):
    made = referred(member.program, member=member, discount=0)
    pay(made.order)
    settle_all()
    return made


def settle_all():
    for _round in range(2):
        for pk in Referral.objects.order_by("pk").values_list("pk", flat=True):
            settle(pk)


def paid(user=None):
    placed = order(user=user or UserFactory())
    pay(placed)
    return order_numbered(placed.number)


def value(placed, member, staff):
    return value_of(look(order=placed, code=code_for(advocate=member), actor=staff))


def ask(placed, member, staff):
    asked = request_assignment(
        order=placed,
        code=code_for(advocate=member),
        actor=staff,
        note="Forgot the code",
        evidence="Mail of 3 May",
    )
    settle_all()
    return asked


def test_two_orders_that_reach_a_goal_together_need_a_second_person(staff):
    goal = {"side": "advocate", "trigger": "milestone", "number": 2, "value": 50_000}
    member = advocate(program(more=[goal], hold_days=14))
    assert ask(paid(), member, staff).state == "done"
    # Nothing has counted yet, and the second one reaches it all the same.
    assert not Referral.objects.filter(counted_at__isnull=False).exists()
    asked = ask(paid(), member, staff)
    assert (asked.state, asked.value) == ("waiting", 2200 + 50_000)


def test_the_tier_counts_that_it_comes_into(staff):
    member = advocate(
        program(advocate={**CREDIT, "tiers": {2: {"value": 9000, "currency": "MYR"}}})
    )
    assert value(paid(), member, staff) == 2200
    bring(member)
    assert value(paid(), member, staff) == 9700


def test_what_the_friend_ordered_since_counts(staff):
    third = {"side": "advocate", "trigger": "nth_order", "number": 2, "value": 4000}
    member, friend = advocate(program(more=[third])), UserFactory()
    first = paid(friend)
    assert value(first, member, staff) == 2200
    paid(friend)
    assert value(first, member, staff) == 6200


def test_a_goal_counts_that_somebody_else_loses(staff):
    goal = {"side": "advocate", "trigger": "milestone", "number": 2, "value": 50_000}
    shop = program(more=[goal])
    had, gets = advocate(shop), advocate(shop)
    first = bring(had)
    bring(had)
    assert Reward.objects.get(incentive__trigger="milestone").referral_id != first.pk
    assert value(order_numbered(first.order_number), gets, staff) == 2200 + 50_000


def test_the_friend_keeps_what_was_shown_whoever_gets_the_credit(staff):
    shop = program()
    had, gets = advocate(shop), advocate(shop)
    friend = UserFactory()
    claim = claim_offer(code=code_for(advocate=had), method=Claim.Method.TYPED, user=friend)
    publish_again(shop, friend={**FRIEND, "value": 100}, advocate=CREDIT, hold_days=0)
    made = referred(shop, claim=claim, friend=friend, discount=0)
    pay(made.order)
    settle_all()
    asked = ask(order_numbered(made.order_number), gets, staff)
    assert asked.referral.version == made.version
    owned = Reward.objects.filter(side="friend", state="available")
    assert [row.net for row in owned] == [700]
    assert audit() == []


@pytest.mark.parametrize("ordered", [False, True])
def test_a_registration_goes_along_with_the_credit(staff, ordered):
    sign_up = {"trigger": "sign_up", **CREDIT, "value": 300}
    shop = program(more=[{"side": side, **sign_up} for side in ("advocate", "friend")])
    had, gets = advocate(shop), advocate(shop)
    friend = UserFactory()
    claim = claim_offer(code=code_for(advocate=had), method=Claim.Method.TYPED, user=friend)
    assert credit_sign_up(claim=claim, friend=friend) is not None
    if ordered:
        made = referred(shop, claim=claim, friend=friend, discount=0)
        pay(made.order)
        placed = order_numbered(made.order_number)
    else:
        placed = paid(friend)
    settle_all()
    assert value(placed, gets, staff) == 2200 + 600
    asked = ask(placed, gets, staff)
    approve_assignment(assignment_id=asked.pk, actor=UserFactory(is_staff=True))
    settle_all()
    given = Reward.objects.filter(incentive__trigger="sign_up", state="available")
    assert {(row.side, row.owner) for row in given} == {
        ("advocate", gets.user),
        ("friend", friend),
    }
    lost = Reward.objects.filter(incentive__trigger="sign_up", state="reversed")
    assert {(row.side, row.owner) for row in lost} == {("advocate", had.user), ("friend", friend)}
    assert audit() == []
