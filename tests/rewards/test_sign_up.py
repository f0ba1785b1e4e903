"""A friend who registers is a referral before there is an order, and the same one with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.account.stories import stories_of
from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.explain import explain_referral
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.checkout.receivers import registered
from oscar_referrals.identity import email_key
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import settle_guest
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.account.consent import VERIFIED
from tests.rewards.cases import DAY, pay, referred, set_status
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db

State = Reward.State


def program(**rules: Any) -> Any:
    more = [
        {
            "side": side,
            "trigger": Incentive.Trigger.SIGN_UP,
            "kind": Incentive.Kind.CREDIT,
            "value": 300,
            "validity_days": 90,
        }
        for side in ("advocate", "friend")
    ]
    return live_program(**{"hold_days": 7, "more": more, **rules})


def claim_of(member: Any) -> Claim:
    return claim_offer(code=code_for(advocate=member), method=Claim.Method.TYPED)


def signed_up(member: Any, friend: Any, claim: Claim | None = None) -> Referral:
    referral = credit_sign_up(claim=claim or claim_of(member), friend=friend)
    assert referral is not None
    settle(referral.pk)
    return referral


def of_sign_up() -> dict[str, tuple[str, str]]:
    assert audit() == []
    rewards = Reward.objects.filter(incentive__trigger=Incentive.Trigger.SIGN_UP)
    return {reward.side: (reward.state, reward.reason) for reward in rewards}


def test_both_sides_wait_for_the_hold_that_runs_from_the_registration() -> None:
    member, friend = advocate(program()), UserFactory()
    referral = signed_up(member, friend)
    waiting = (State.PENDING, reasons.SIGNED_UP)
    assert of_sign_up() == {"advocate": waiting, "friend": waiting}
    referral.refresh_from_db()
    assert referral.settle_due_at == referral.signed_up_at + 7 * DAY
    settle(referral.pk, now=referral.signed_up_at + 7 * DAY)
    given = (State.AVAILABLE, reasons.SIGNED_UP)
    assert of_sign_up() == {"advocate": given, "friend": given}
    owners = set(Reward.objects.values_list("owner", flat=True))
    assert owners == {member.user.pk, friend.pk}


def test_a_registration_counts_once() -> None:
    member, friend = advocate(program()), UserFactory()
    claim = claim_of(member)
    first = signed_up(member, friend, claim)
    assert signed_up(member, friend, claim) == first
    assert Referral.objects.count() == 1
    other = claim_of(advocate(member.program))
    assert credit_sign_up(claim=other, friend=friend) is None
    assert credit_sign_up(claim=other, friend=friend) is None
    assert Decision.objects.get(verdict="refused").reason == reasons.ALREADY_REFERRED


def test_nobody_refers_themselves() -> None:
    member = advocate(program())
    assert credit_sign_up(claim=claim_of(member), friend=member.user) is None
    assert Decision.objects.get(verdict="refused").reason == reasons.OWN_CODE


def test_a_version_without_it_leaves_no_trace(django_assert_num_queries: Any) -> None:
    claim = claim_of(advocate(live_program()))
    with django_assert_num_queries(1):
        assert credit_sign_up(claim=claim, friend=UserFactory.build()) is None
    assert not Referral.objects.exists()


def test_the_first_order_completes_the_same_referral() -> None:
    member, friend = advocate(program()), UserFactory()
    claim = claim_of(member)
    registered = signed_up(member, friend, claim)
    referral = referred(member.program, friend=friend, claim=claim)
    assert referral.pk == registered.pk
    assert referral.signed_up_at == registered.signed_up_at
    pay(referral.order)
    settle(referral.pk, now=timezone.now() + 8 * DAY)
    assert Reward.objects.filter(side="advocate", state=State.AVAILABLE).count() == 2
    # The registration stands although the order does not.
    set_status(referral.order, "Cancelled")
    settle(referral.pk, now=timezone.now() + 9 * DAY)
    assert of_sign_up()["advocate"] == (State.AVAILABLE, reasons.SIGNED_UP)
    referral.refresh_from_db()
    assert referral.state == Referral.State.RELEASED


def test_an_account_that_is_deleted_before_the_hold_is_over_earns_nothing() -> None:
    member, friend = advocate(program()), UserFactory()
    referral = signed_up(member, friend)
    friend.delete()
    settle(referral.pk, now=timezone.now() + 8 * DAY)
    assert of_sign_up()["advocate"] == (State.VOIDED, reasons.FRIEND_LEFT)
    assert of_sign_up()["friend"][0] == State.VOIDED


def test_the_story_of_a_referral_without_an_order() -> None:
    member = advocate(program())
    referral = signed_up(member, UserFactory())
    signed_up(member, UserFactory())
    (story,) = stories_of([referral])
    assert story.title.startswith("Friend 1, registered")
    texts = [line.text for line in explain_referral(referral).lines]
    assert "The friend registered." in texts
    assert len(texts) == len(set(texts))
    assert "registered" in str(referral)


def registers(visitor: Visitor) -> None:
    """Oscar's own form; what it sends back is not ours to read."""
    data = {"email": "baru@shop.example", "password1": "bHjk81!xQz", "password2": "bHjk81!xQz"}
    response = visitor.client.post(reverse("customer:register"), data)
    assert response.status_code == 302


@pytest.mark.parametrize("with_basket", [False, True])
def test_a_visitor_with_a_claim_registers_in_the_shop(with_basket: bool) -> None:
    code = code_for(advocate=advocate(program()))
    visitor = Visitor()
    if with_basket:
        visitor.add(product("100.00"))
    visitor.claim(code)
    registers(visitor)
    referral = Referral.objects.get()
    assert (referral.order_number, referral.friend.email) == ("", "baru@shop.example")
    assert Referral.objects.count() == 1


def test_a_visitor_without_a_claim_is_nobodys_friend() -> None:
    program()
    visitor = Visitor()
    registers(visitor)
    assert not Referral.objects.exists()
    assert not Decision.objects.exists()


def ordered_as_guest() -> Referral:
    """A guest's paid order that has earned a reward, which waits for an account."""
    more = [
        {
            "side": "friend",
            "trigger": Incentive.Trigger.ORDER_OVER,
            "kind": Incentive.Kind.CREDIT,
            "value": 300,
            "threshold": 1000,
        }
    ]
    referral = referred(live_program(hold_days=0, more=more), guest_email="baru@shop.example")
    Referral.objects.update(friend=None, friend_key=email_key("baru@shop.example"))
    pay(referral.order)
    settle(referral.pk)
    return referral


@pytest.fixture
def addresses_are_proved(settings: Any) -> None:
    """A shop that lets nobody in who has not answered a mail to the address."""
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": VERIFIED}


@pytest.mark.usefixtures("addresses_are_proved")
def test_a_guest_who_registers_has_what_waited_at_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    ordered_as_guest()
    waiting = Reward.objects.get(side="friend", kind="credit")
    assert (waiting.state, waiting.reason) == (State.PENDING, reasons.NO_ACCOUNT)
    visitor = Visitor()
    with django_capture_on_commit_callbacks(execute=True):
        registers(visitor)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.owner.email) == (State.AVAILABLE, "baru@shop.example")
    assert audit() == []


def test_whoever_registers_costs_nothing_where_no_address_is_proved() -> None:
    ordered_as_guest()
    user = UserFactory(email="baru@shop.example")
    with CaptureQueriesContext(connection) as queries:
        registered(sender=None, request=None, user=user)
    assert not queries.captured_queries


@pytest.mark.usefixtures("addresses_are_proved")
def test_whoever_registers_costs_one_query_by_index() -> None:
    referral = ordered_as_guest()
    with CaptureQueriesContext(connection) as queries:
        settle_guest(UserFactory.build(email="nobody@shop.example"))
    (query,) = queries.captured_queries
    assert "friend_key" in query["sql"]
    with CaptureQueriesContext(connection) as queries:
        settle_guest(UserFactory.build(email=""))
    assert not queries.captured_queries
    referral.refresh_from_db()
    assert referral.settle_due_at is not None
    assert referral.settle_due_at > timezone.now()


def test_a_registration_is_rewarded_once_whatever_became_of_its_order() -> None:
    """The first order is cancelled, and another browser still has another advocate's offer."""
    member, friend = advocate(program(cancelled_orders_count=False)), UserFactory()
    others = claim_of(advocate(member.program))
    mine = claim_of(member)
    referral = signed_up(member, friend, mine)
    referred(member.program, member=member, friend=friend, claim=mine)
    referral.refresh_from_db()
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    referral.refresh_from_db()
    assert referral.state == Referral.State.RELEASED
    assert credit_sign_up(claim=others, friend=friend) is None
    [refused] = Decision.objects.filter(reason=reasons.ALREADY_REFERRED)
    assert refused.verdict == Decision.Verdict.REFUSED
    assert Reward.objects.filter(incentive__trigger=Incentive.Trigger.SIGN_UP).count() == 2
