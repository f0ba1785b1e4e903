"""What owing mails costs whoever claims, joins or orders: one insert, and no mail sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import referred
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db

TABLE = OutboxMessage._meta.db_table


def touching_the_outbox(action: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured if TABLE in query["sql"]]


def test_joining_claiming_and_ordering_owe_all_their_mails_in_one_insert_each() -> None:
    program = live_program()
    user, friend = UserFactory(), UserFactory()
    queries = touching_the_outbox(lambda: advocate(program, user=user))
    assert len(queries) == 1
    member = program.advocates.get()
    code = code_for(advocate=member)
    taken: list[Claim] = []
    queries = touching_the_outbox(
        lambda: taken.append(claim_offer(code=code, method=Claim.Method.LINK, user=friend))
    )
    assert len(queries) == 1
    queries = touching_the_outbox(lambda: referred(program, friend=friend, claim=taken[0]))
    assert len(queries) == 1
    assert all(query.startswith("INSERT") for query in queries)


def test_placing_an_order_sends_none_of_our_mails(mailoutbox: list[Any]) -> None:
    """Oscar sends its own confirmation; ours wait for the work."""
    code = code_for(advocate=advocate(live_program()))
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    order = friend.order("friend@example.com")
    assert order.total_discount_incl_tax == 20
    assert not [mail for mail in mailoutbox if "Bring a friend" in mail.body]
    owed = OutboxMessage.objects.all()
    assert owed.count() >= 3
    assert set(owed.values_list("state", "attempts")) == {("waiting", 0)}
