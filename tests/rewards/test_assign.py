"""Staff credit an order by hand: who may, what it does, and what becomes of whoever had it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from oscar_referrals.attribution.assignment_plan import CannotAssign
from oscar_referrals.attribution.assignments import Assignment
from oscar_referrals.attribution.explain import explain
from oscar_referrals.attribution.late_claims import claim_late, decline_late_claim
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.insight.funnel import report
from oscar_referrals.insight.trial_balance import Span, trial_balance
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.assign import (
    approve_assignment,
    look,
    order_numbered,
    refuse_assignment,
    request_assignment,
)
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.replay_kinds import decided_again
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.stakes import value_of
from oscar_referrals.test.factories import UserFactory, live_program, publish_again, referral_code
from tests.rewards.cases import set_status
from tests.rewards.credit.lots import spend
from tests.shop import Visitor, customer, pay_in_full, product

pytestmark = pytest.mark.django_db
CREDIT = {"kind": "credit", "value": 1500, "validity_days": 90}


@pytest.fixture
def program(settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "ASSIGN_ALONE": {"MYR": 2000}}
    return live_program(friend={"value": 2000, "minimum": 8000}, advocate=CREDIT, hold_days=0)


@pytest.fixture
def staff():
    return UserFactory(is_staff=True)


@pytest.fixture
def code(program):
    return referral_code(program)


def order(email="friend@example.com", *, with_code=None, user=None, price="100.00"):
    """A paid order, of a guest unless ``user`` is given."""
    friend = Visitor(user)
    friend.add(product(price))
    if with_code is not None:
        friend.enter(with_code.code)
    placed = friend.order(email)
    pay_in_full(placed)
    return order_numbered(placed.number)


def ask(placed, code, actor, **more):
    asked = request_assignment(
        order=placed,
        code=code,
        actor=actor,
        note="Forgot the code",
        evidence="Mail of 3 May",
        **more,
    )
    settle_all()
    return asked


def settle_all():
    for pk in Referral.objects.order_by("pk").values_list("pk", flat=True):
        settle(pk)


def rewards_of(code):
    return list(Reward.objects.filter(advocate=code.advocate, side="advocate").order_by("pk"))


def test_an_order_without_a_code_is_credited(code, staff):
    placed = order()
    asked = ask(placed, code, staff)
    referral = asked.referral
    assert (asked.state, asked.value, asked.decided_by) == ("done", 1500, staff)
    assert (referral.state, referral.reason) == ("bound", reasons.ASSIGNED)
    assert (referral.order_number, referral.friend_discount) == (placed.number, 0)
    assert [(row.state, row.net) for row in rewards_of(code)] == [("available", 1500)]
    assert not Reward.objects.filter(side="friend").exists()
    decision = Decision.objects.get(reason=reasons.ASSIGNED)
    assert decision.actor == staff
    assert decision.candidates[0]["kind"] == "staff"
    assert any("Forgot the code" in line.note for line in explain(placed.number).lines)
    assert audit() == []


def test_a_second_person_has_to_agree_above_the_limit(code, staff, settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "ASSIGN_ALONE": {"MYR": 1499}}
    placed = order()
    asked = ask(placed, code, staff)
    assert asked.state == "waiting"
    assert not Referral.objects.exists()
    with pytest.raises(CannotAssign, match="asked for it yourself"):
        approve_assignment(assignment_id=asked.pk, actor=staff)
    with pytest.raises(CannotAssign, match="waits for a second person"):
        ask(placed, code, UserFactory(is_staff=True))
    second = UserFactory(is_staff=True)
    done = approve_assignment(assignment_id=asked.pk, actor=second)
    assert (done.state, done.requested_by, done.decided_by) == ("done", staff, second)
    assert done.referral.advocate == code.advocate
    with pytest.raises(CannotAssign, match="decided about this already"):
        approve_assignment(assignment_id=asked.pk, actor=UserFactory(is_staff=True))
    assert Referral.objects.count() == 1


def test_a_request_can_be_refused_and_made_anew(code, staff, settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    placed = order()
    asked = ask(placed, code, staff)
    with pytest.raises(NotPossible):
        refuse_assignment(assignment_id=asked.pk, actor=staff, note=" ")
    refused = refuse_assignment(assignment_id=asked.pk, actor=staff, note="Wrong order")
    assert (refused.state, refused.decision_note) == ("refused", "Wrong order")
    assert ask(placed, code, staff).state == "waiting"
    assert not Referral.objects.exists()


def test_evidence_and_a_reason_are_needed_and_stay(code, staff):
    placed = order()
    for words in ({"note": "x", "evidence": " "}, {"note": " ", "evidence": "x"}):
        with pytest.raises(NotPossible):
            request_assignment(order=placed, code=code, actor=staff, **words)
    asked = ask(placed, code, staff)
    with pytest.raises(DatabaseError):
        Assignment.objects.filter(pk=asked.pk).update(evidence="something else")


def test_nobody_decides_about_what_is_their_own(program, code, staff):
    own_order = order(user=customer("boss@example.com", is_staff=True))
    own_code = referral_code(program, user=staff)
    mailbox = order("staff.mail@example.com")
    twin = UserFactory(is_staff=True, email="STAFF.mail@example.com")
    placed = order("other@example.com")
    for number, of, actor in (
        (own_order, code, own_order.user),
        (mailbox, code, twin),
        (placed, own_code, staff),
    ):
        with pytest.raises(CannotAssign, match="own"):
            look(order=number, code=of, actor=actor)
    # Nor does anybody keep or give away a credit of their own.
    credited = order("third@example.com", with_code=own_code)
    with pytest.raises(CannotAssign, match="have the credit"):
        look(order=credited, code=code, actor=staff)
    asked = Assignment.objects.create(
        program=program,
        code=code,
        order_number=credited.number,
        currency="MYR",
        requested_by=twin,
        requested_at=credited.date_placed,
    )
    with pytest.raises(CannotAssign, match="have the credit"):
        refuse_assignment(assignment_id=asked.pk, actor=staff, note="No")
    late = claim_late(order=credited, named=code.code)
    with pytest.raises(CannotAssign, match="have the credit"):
        decline_late_claim(late_claim_id=late.pk, actor=staff, note="No")
    friend_is_advocate = order(user=code.advocate.user)
    with pytest.raises(CannotAssign, match="same person"):
        look(order=friend_is_advocate, code=code, actor=staff)


def test_the_window_ends_to_the_second_and_waiting_does_not_count(code, staff, settings):
    settings.OSCAR_REFERRALS = {
        "CREDIT_AT_CHECKOUT": True,
        "ASSIGN_WINDOW": timedelta(days=30),
    }
    placed = order()
    last = placed.date_placed + timedelta(days=30)
    with pytest.raises(CannotAssign, match="older than 30 days"):
        look(order=placed, code=code, actor=staff, now=last + timedelta(seconds=1))
    asked = ask(placed, code, staff, now=last)
    second = UserFactory(is_staff=True)
    done = approve_assignment(assignment_id=asked.pk, actor=second, now=last + timedelta(days=60))
    assert done.state == "done"


def test_the_rules_of_the_version_in_force_then_hold(program, code, staff):
    small = order("small@example.com", price="50.00")
    with pytest.raises(CannotAssign, match="minimum spend"):
        look(order=small, code=code, actor=staff)
    again = order("small@example.com")
    with pytest.raises(CannotAssign, match="has ordered before"):
        look(order=again, code=code, actor=staff)
    placed = order("new@example.com")
    publish_again(program, advocate={**CREDIT, "value": 100}, hold_days=0)
    assert value_of(look(order=placed, code=code, actor=staff)) == 1500


@pytest.mark.parametrize("spent", [0, 500, 1500])
def test_whoever_had_the_credit_loses_it_whatever_became_of_the_reward(program, code, staff, spent):
    other = referral_code(program)
    placed = order(with_code=other)
    settle_all()
    (had,) = rewards_of(other)
    assert had.state == "available"
    if spent:
        spend(had, spent)
    first = Referral.objects.get()
    asked = ask(placed, code, staff)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("released", reasons.REASSIGNED)
    assert first.replaced_at is not None
    assert asked.referral.replaces == first
    (had,) = rewards_of(other)
    assert (had.reason, had.left, had.clawback) == (reasons.REASSIGNED, 0, spent)
    assert [(row.state, row.net) for row in rewards_of(code)] == [("available", 1500)]
    # The friend saved it once, and it is told once.
    friends = Reward.objects.get(side="friend")
    assert (friends.referral, friends.state, friends.amount) == (first, "redeemed", 2000)
    assert asked.referral.earlier_discount == 2000
    assert asked.referral.basis == 8000
    assert audit() == []
    rejected = Decision.objects.get(reason=reasons.ASSIGNED).candidates[1]
    assert (rejected["code"], rejected["reason"]) == (other.code, reasons.OUTRANKED)
    assert explain(placed.number).found
    # What the friend had saved by the other code stays, for the same reason.
    counts = decided_again(Decision.objects.order_by("pk"))
    assert [count.details for count in counts.values() if count.details] == []


def test_an_order_credited_anew_and_cancelled_later_leaves_no_discount_in_books_and_report(
    program, code, staff
):
    """What the friend saved stays with the first referral, and falls with the order all the same:
    the books take it back, and the report calls it a loss."""
    placed = order(with_code=referral_code(program))
    settle_all()
    ask(placed, code, staff)
    settle_all()
    [money] = saved_of_today(program)
    assert (money.friend_discounts, money.losses) == (2000, 0)
    set_status(placed, "Cancelled")
    settle_all()
    friends = Reward.objects.get(side="friend")
    assert (friends.state, friends.reason) == ("reversed", reasons.ORDER_CANCELLED)
    redeemed = [row for row in trial_balance(Span()) if row.kind == "contra:redeemed"]
    assert [(row.debits, row.credits, row.closing) for row in redeemed] == [(2000, 2000, 0)]
    [money] = saved_of_today(program)
    assert (money.order_value, money.friend_discounts, money.losses) == (0, 0, 2000)
    assert audit() == []


def saved_of_today(program):
    today = timezone.localdate()
    return list(report(program, today, today, "day")[0].money.values())


def test_it_can_go_back_and_every_reward_has_a_key_of_its_own(program, code, staff):
    other = referral_code(program)
    placed = order(with_code=other)
    settle_all()
    ask(placed, code, staff)
    ask(placed, other, staff)
    assert [row.state for row in rewards_of(other)] == ["reversed", "available"]
    assert [row.state for row in rewards_of(code)] == ["reversed"]
    assert Referral.objects.filter(state="bound", order_number=placed.number).count() == 1
    assert len({row.key for row in Reward.objects.all()}) == Reward.objects.count()
    assert audit() == []


def test_a_refused_order_is_credited_and_its_refusal_stays(program, staff):
    refused = referral_code(program)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(refused.code)
    placed = friend.order("new@example.com")
    pay_in_full(placed)
    placed = order_numbered(placed.number)
    Referral.objects.update(state="refused", reason=reasons.OWN_CODE)
    code = referral_code(program)
    asked = ask(placed, code, staff)
    assert asked.referral.replaces.state == "refused"
    assert [row.state for row in rewards_of(code)] == ["available"]


def test_a_friend_who_is_credited_with_another_order_is_not_credited_again(program, staff):
    program_for_all = publish_again(program, advocate=CREDIT, new_customers_only=False)
    assert program_for_all.number == 2
    code = referral_code(program)
    first = order(with_code=code)
    second = order()
    with pytest.raises(CannotAssign, match=f"credited with order {first.number}"):
        look(order=second, code=referral_code(program), actor=staff)
    with pytest.raises(CannotAssign, match="to this advocate already"):
        look(order=first, code=code, actor=staff)


def test_a_cancelled_order_is_not_credited_and_one_cancelled_later_is_let_go(code, staff):
    placed = order()
    asked = ask(placed, code, staff)
    type(placed).objects.filter(pk=placed.pk).update(status="Cancelled")
    settle_all()
    asked.referral.refresh_from_db()
    assert (asked.referral.state, asked.referral.reason) == ("released", reasons.ORDER_CANCELLED)
    assert [row.state for row in rewards_of(code)] == ["reversed"]
    gone = order("gone@example.com")
    type(gone).objects.filter(pk=gone.pk).update(status="Cancelled")
    with pytest.raises(CannotAssign, match="cancelled"):
        look(order=order_numbered(gone.number), code=code, actor=staff)


def test_what_the_friend_claimed_before_the_order_is_honoured(program, staff):
    code = referral_code(program)
    user = customer("claimed@example.com")
    Visitor().claim(code)
    publish_again(program, advocate={**CREDIT, "value": 100}, hold_days=0)
    # Another browser, where nobody is signed in to begin with.
    placed = order(user=user)
    Claim.objects.update(user=user)
    assert not Referral.objects.exists()
    assert look(order=placed, code=code, actor=staff).version.number == 1
