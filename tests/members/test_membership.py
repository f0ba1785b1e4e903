from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from oscar.core.loading import get_model
from oscar.test.factories import create_order

from oscar_referrals import signals
from oscar_referrals.identity import email_key
from oscar_referrals.members.membership import (
    JoinRefused,
    advocate_of,
    friendly_name,
    join,
    latest_terms,
    leave,
    may_join,
)
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.programs.lifecycle import pause
from oscar_referrals.programs.models import DraftTerms
from oscar_referrals.programs.publish import refreeze_terms
from oscar_referrals.test.factories import (
    UserFactory,
    advocate,
    live_program,
    publish_again,
)

pytestmark = pytest.mark.django_db


def refusal_of(program: Any, user: Any = None, **kwargs: Any) -> str:
    arguments = {"language": "en-gb", "method": "test"} | kwargs
    with pytest.raises(JoinRefused) as refused:
        join(program=program, user=user or UserFactory(), **arguments)
    assert not TermsAcceptance.objects.exists()
    return refused.value.refusal.reason


def test_joining_leaves_a_receipt_of_the_very_words() -> None:
    program = live_program()
    user = UserFactory()
    member = join(program=program, user=user, language="ms", method="portal", show_name=True)
    assert member.is_member
    assert member.email_key == email_key(user.email)
    receipt = member.acceptances.get()
    assert receipt.terms == latest_terms(program.current_version, "ms")
    assert (receipt.language, receipt.method) == ("ms", "portal")
    assert advocate_of(program, user) == member


def test_terms_in_another_language_are_not_accepted_in_passing() -> None:
    assert refusal_of(live_program(), language="fr") == "terms-missing"


def test_terms_that_changed_while_they_were_read_are_read_again() -> None:
    program = live_program()
    shown = latest_terms(program.current_version, "en-gb")
    DraftTerms.objects.filter(language="en-gb").update(text="Other words.")
    refreeze_terms(version=program.current_version)
    assert refusal_of(program, terms_id=shown.pk) == "terms-changed"
    now = latest_terms(program.current_version, "en-gb")
    join(program=program, user=UserFactory(), language="en-gb", method="portal", terms_id=now.pk)


def test_only_a_live_program_can_be_joined() -> None:
    assert refusal_of(pause(program=live_program())) == "paused"


def test_visitors_sign_in_first() -> None:
    assert may_join(live_program(), AnonymousUser()).reason == "sign-in-first"


def test_customers_only(django_assert_num_queries: Any) -> None:
    program = live_program(may_join="customers")
    user = UserFactory()
    assert may_join(program, user).reason == "order-first"
    order = create_order(user=user)
    get_model("order", "Order").objects.filter(pk=order.pk).update(status="Cancelled")
    assert may_join(program, user).reason == "order-first"
    get_model("order", "Order").objects.filter(pk=order.pk).update(status="Pending")
    with django_assert_num_queries(1):
        assert may_join(program, user) is None


def test_anyone_costs_no_query(django_assert_num_queries: Any) -> None:
    program, user = live_program(), UserFactory()
    with django_assert_num_queries(0):
        assert may_join(program, user) is None


def test_joining_twice_is_one_membership() -> None:
    program, user = live_program(), UserFactory()
    first = advocate(program, user=user)
    assert advocate(program, user=user) == first
    assert first.acceptances.count() == 1


def test_leaving_and_joining_again() -> None:
    program, user = live_program(), UserFactory()
    member = advocate(program, user=user)
    joined_at = member.joined_at
    assert not leave(advocate=member).is_member
    again = advocate(program, user=user)
    assert again.is_member
    assert again.joined_at == joined_at


def test_joining_under_a_newer_version_adds_a_receipt() -> None:
    program, user = live_program(), UserFactory()
    advocate(program, user=user)
    publish_again(program, friend={"value": 1000})
    assert advocate(program, user=user).acceptances.count() == 2


def test_a_row_from_before_joining_becomes_the_member() -> None:
    program, user = live_program(), UserFactory()
    row = Advocate.objects.create(program=program, user=user)
    assert not row.is_member
    assert advocate(program, user=user).pk == row.pk


def test_the_first_name_is_shown_with_consent_only() -> None:
    program = live_program()
    user = UserFactory(first_name="Siti")
    assert friendly_name(advocate(program, user=user)) == ""
    member = advocate(program, user=user, show_name=True)
    assert friendly_name(member) == "Siti"
    member.user = None
    assert friendly_name(member) == ""


def test_the_shop_hears_of_it(django_capture_on_commit_callbacks: Any) -> None:
    heard = []

    def listen(advocate: Advocate, **kwargs: Any) -> None:
        heard.append(advocate)

    signals.advocate_joined.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            member = advocate(live_program())
    finally:
        signals.advocate_joined.disconnect(listen)
    assert heard == [member]
