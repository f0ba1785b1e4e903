"""Two rows of one person: what is earned from now on, and what stays where it is."""

from __future__ import annotations

import pytest

from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.merge import look_at_merge, merge_advocates
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import pay, referred, set_status
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db
MILESTONE = {"side": "advocate", "trigger": "milestone", "number": 2, "value": 500}


@pytest.fixture
def program():
    return live_program(
        hold_days=0,
        more=[MILESTONE],
        limits=[{"scope": "advocate", "amount": 3, "window": "ever"}],
    )


@pytest.fixture
def staff():
    return UserFactory(is_staff=True)


def bring(member):
    """A friend's paid order, credited to ``member``."""
    made = referred(member.program, member=member)
    pay(made.order)
    settle(made.pk)
    made.refresh_from_db()
    return made


def merge(kept, merged, staff):
    return merge_advocates(kept_id=kept.pk, merged_id=merged.pk, actor=staff, note="One person")


def test_codes_of_the_merged_one_earn_for_the_other(program, staff):
    kept, merged = advocate(program), advocate(program)
    code = code_for(advocate=merged)
    earlier = bring(merged)
    merge(kept, merged, staff)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    order = friend.order("after@example.com")
    made = Referral.objects.get(order_number=order.number)
    assert (made.code, made.advocate) == (code, kept)
    earlier.refresh_from_db()
    assert earlier.advocate == merged
    assert set(Reward.objects.filter(referral=earlier, side="advocate").values_list("owner")) == {
        (merged.user_id,)
    }
    assert audit() == []
    assert Decision.objects.get(reason=reasons.MERGED).inputs["note"] == "One person"


def test_milestones_and_caps_count_both_and_no_goal_is_reached_twice(program, staff):
    kept, merged = advocate(program), advocate(program)
    for _ in range(2):
        bring(merged)
    goals = Reward.objects.filter(incentive__trigger="milestone")
    assert [goal.owner for goal in goals] == [merged.user]
    bring(kept)
    merge(kept, merged, staff)
    late = bring(kept)
    assert late.ordinal == 4
    assert goals.count() == 1
    limited = Reward.objects.filter(referral=late, side="advocate").get()
    assert limited.reason == reasons.CAP_REACHED
    for referral in Referral.objects.all():
        settle(referral.pk)
    assert [(goal.state, goal.owner) for goal in goals] == [("available", merged.user)]
    assert audit() == []


def test_a_person_is_not_a_friend_of_their_other_account(program, staff):
    kept, merged = advocate(program), advocate(program)
    codes = [code_for(advocate=kept), code_for(advocate=merged)]
    merge(kept, merged, staff)
    for code in codes:
        code.advocate.refresh_from_db()
        for user in (kept.user, merged.user):
            with pytest.raises(ClaimRefused) as refused:
                claim_offer(code=code, method="typed", user=user)
            assert refused.value.refusal.reason == reasons.OWN_CODE


def test_who_brought_the_other_is_shown_and_nothing_is_taken_back(program, staff):
    kept, merged = advocate(program), advocate(program)
    made = referred(program, member=kept, friend=merged.user)
    seen = look_at_merge(kept=kept, merged=merged, actor=staff)
    assert seen.between == [made]
    merge(kept, merged, staff)
    made.refresh_from_db()
    assert made.state == "bound"


def test_what_cannot_be_merged(program, staff):
    kept, merged, third = (advocate(program) for _ in range(3))
    for one, other, actor in (
        (kept, kept, staff),
        (kept, merged, kept.user),
        (kept, merged, merged.user),
        # Another account with an address of the same mailbox.
        (kept, merged, UserFactory(is_staff=True, email=kept.user.email.upper())),
    ):
        with pytest.raises(NotPossible):
            look_at_merge(kept=one, merged=other, actor=actor)
    merge(merged, third, staff)
    merge(kept, merged, staff)
    third.refresh_from_db()
    assert third.merged_into == kept
    for one, other in ((kept, merged), (merged, kept)):
        one.refresh_from_db()
        other.refresh_from_db()
        with pytest.raises(NotPossible):
            look_at_merge(kept=one, merged=other, actor=staff)


def goals():
    rows = Reward.objects.filter(incentive__trigger="milestone").order_by("pk")
    return [(row.state, row.owner) for row in rows]


def test_a_milestone_that_the_two_reach_together_is_given_at_once(
    program, staff, django_capture_on_commit_callbacks
):
    kept, merged = advocate(program), advocate(program)
    for member in (kept, merged):
        bring(member)
    with django_capture_on_commit_callbacks(execute=True):
        merge(kept, merged, staff)
    assert goals() == [("available", kept.user)]
    for referral in Referral.objects.all():
        settle(referral.pk)
    bring(kept)
    assert goals() == [("available", kept.user)]
    assert audit() == []


def test_a_milestone_that_had_fallen_is_owed_again_at_once(
    program, staff, django_capture_on_commit_callbacks
):
    kept, merged = advocate(program), advocate(program)
    for member in (kept, kept, merged):
        last = bring(member)
    first = Referral.objects.filter(advocate=kept).order_by("pk")[0]
    set_status(first.order, "Cancelled")
    for pk in (first.pk, *Referral.objects.values_list("pk", flat=True)):
        settle(pk)
    assert goals() == [("reversed", kept.user)]
    with django_capture_on_commit_callbacks(execute=True):
        merge(kept, merged, staff)
    assert goals() == [("available", kept.user)]
    set_status(last.order, "Cancelled")
    for pk in (last.pk, *Referral.objects.values_list("pk", flat=True)):
        settle(pk)
    assert goals() == [("reversed", kept.user)]
    assert audit() == []
