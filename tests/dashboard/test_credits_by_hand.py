"""Staff credit an order by hand: the pages, and the friend's claim that they answer."""

from __future__ import annotations

import pytest

from oscar_referrals.attribution.assignments import Assignment, LateClaim
from oscar_referrals.attribution.late_claims import claim_late
from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.assign import order_numbered
from oscar_referrals.test.factories import referral_code
from tests.dashboard.conftest import OPERATOR
from tests.dashboard.pages import page_of, url
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(program):
    return referral_code(program)


@pytest.fixture
def order(code):
    """Placed without the code, while the program was live."""
    friend = Visitor()
    friend.add(product("100.00"))
    return order_numbered(friend.order("late@example.com").number)


def ask(client, order, code, **more):
    data = {"order": f"#{order.number}", "code": code, "reason": "Forgot it", "evidence": "A mail"}
    return client.post(url("assignment-new"), {**data, **more}, follow=True)


def test_the_page_shows_first_and_does_then(operator, order, code, settings):
    settings.OSCAR_REFERRALS = {"ASSIGN_ALONE": {"MYR": 100000}}
    page = page_of(operator.get(url("assignment-new") + f"?order={order.number}"))
    assert f'value="{order.number}"' in page
    assert "The friend's discount is not given afterwards" in page.replace("&#x27;", "'")
    page = page_of(ask(operator, order, code.code.lower()))
    assert "Nobody loses a credit by it." in page
    assert not Assignment.objects.exists()
    page = page_of(ask(operator, order, code.code, do="1"))
    assert "The order was credited." in page
    assert Referral.objects.get(state="bound").order_number == order.number
    story = page_of(operator.get(url("referral-detail", Referral.objects.get().pk)))
    assert "Credited by hand" in story
    assert "Forgot it" in story


def test_two_people_decide(operator, staff, order, code):
    page = page_of(ask(operator, order, code.advocate.user.email, do="1"))
    asked = Assignment.objects.get()
    assert "A second person has to agree." in page
    assert "You have asked for it yourself." in page
    operator.post(url("assignment-detail", asked.pk), {"approve": "1"})
    assert not Referral.objects.exists()
    second = staff(*OPERATOR)
    assert "waits for a second person" in page_of(second.get(url("program-list")))
    assert f"#{order.number}" in page_of(second.get(url("assignment-list")))
    page = page_of(second.post(url("assignment-detail", asked.pk), {"approve": "1"}, follow=True))
    assert "The order was credited." in page
    page = page_of(second.post(url("assignment-detail", asked.pk), {"approve": "1"}, follow=True))
    assert "Somebody has decided about this already." in page
    assert Referral.objects.count() == 1


def test_whoever_agrees_sees_what_it_is_worth_by_now(operator, staff, order, code, monkeypatch):
    monkeypatch.setattr("oscar_referrals.rewards.assign.value_of", lambda plan: 100)
    ask(staff(*OPERATOR), order, code, do="1")
    asked = Assignment.objects.get()
    page = page_of(operator.get(url("assignment-detail", asked.pk)))
    page = page.replace("\xa0", " ")
    assert "MYR 1 · Now: <strong>MYR 15</strong>" in page


def test_a_request_is_refused_with_a_reason(operator, staff, order, code):
    ask(operator, order, code.code, do="1")
    asked = Assignment.objects.get()
    second = staff(*OPERATOR)
    second.post(url("assignment-detail", asked.pk), {"refuse": "1", "reason": ""})
    asked.refresh_from_db()
    assert asked.state == "waiting"
    data = {"refuse": "1", "reason": "No proof"}
    page = page_of(second.post(url("assignment-detail", asked.pk), data, follow=True))
    assert "No proof" in page
    assert not Referral.objects.exists()


@pytest.mark.parametrize("typed", ["", "XXXX", "nobody@example.com"])
def test_what_is_typed_wrong_is_said(operator, order, typed):
    answer = ask(operator, order, typed, do="1")
    assert answer.context["form"].errors["code"]
    assert not Assignment.objects.exists()


def test_a_friends_claim_is_answered(operator, order, code, settings):
    settings.OSCAR_REFERRALS = {"ASSIGN_ALONE": {"MYR": 100000}}
    late = claim_late(order=order, named=f"{code.advocate.user.email}", how="<b>At lunch</b>")
    page = page_of(operator.get(url("late-claim", late.pk)))
    assert code.pretty in page
    assert "&lt;b&gt;At lunch" in page
    for page in ("program-list", "attention"):
        assert "said after the order who invited them" in page_of(operator.get(url(page)))
    ask(operator, order, code.code, do="1", late=late.pk)
    late.refresh_from_db()
    assert late.state == LateClaim.State.ACCEPTED
    assert Referral.objects.get(state="bound").claim.method == "late"


def test_nobody_declines_what_would_take_their_own_credit(operator, program):
    own = referral_code(program, user=operator.user)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(own.code)
    late = claim_late(order=friend.order("new@example.com"), named="Somebody else")
    page = page_of(operator.post(url("late-claim", late.pk), {"reason": "Nobody known"}))
    assert "You have the credit for this order." in page
    late.refresh_from_db()
    assert late.state == "waiting"


def test_a_friends_claim_is_declined(operator, staff, order):
    late = claim_late(order=order, named="Somebody")
    colleague = staff("view_referral")
    assert "said after the order" not in page_of(colleague.get(url("attention")))
    page = page_of(operator.get(url("late-claim", late.pk)))
    assert "No advocate fits" in page
    data = {"reason": "Nobody known", "customer_note": "We could not find out who it was."}
    page_of(operator.post(url("late-claim", late.pk), data, follow=True))
    late.refresh_from_db()
    assert (late.state, late.decided_by) == ("declined", operator.user)
    assert late.customer_note == data["customer_note"]
    answer = operator.post(url("late-claim", late.pk), data, follow=True)
    assert "decided about this already" in page_of(answer)
