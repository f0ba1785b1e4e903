"""What settling costs in the ordinary program, and a registration that nobody referred."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_class

from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import pay, referred

pytestmark = pytest.mark.django_db

#: Locks, facts, the version; nothing is written.
SETTLED_BEFORE = 13
#: With what is written and posted.
FIRST_TIME = 32


def queries_of(action: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        action()
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_nothing_is_asked_that_only_other_triggers_need() -> None:
    """The friend's later orders, tiers and the advocate's other referrals."""
    referral = referred(live_program(hold_days=14))
    pay(referral.order)
    settle(referral.pk)
    asked = queries_of(lambda: settle(referral.pk))
    assert len(asked) <= SETTLED_BEFORE, asked
    assert not [sql for sql in asked if 'FROM "oscar_referrals_knownorder"' in sql]
    assert not [sql for sql in asked if 'FROM "oscar_referrals_incentivetier"' in sql[:200]]
    assert not [sql for sql in asked if sql.startswith(("INSERT", "UPDATE"))]


def test_the_cost_does_not_grow_with_what_an_advocate_has_brought() -> None:
    program = live_program(hold_days=0)
    member = advocate(program)
    counts = []
    for _number in range(4):
        referral = referred(program, member=member)
        pay(referral.order)
        counts.append(len(queries_of(partial(settle, referral.pk))))
    # The first one opens the accounts.
    assert counts[1] == counts[2] == counts[3] <= FIRST_TIME, counts


def test_a_registration_without_a_referral_costs_one_look_up() -> None:
    live_program()
    request = RequestFactory().post("/accounts/login/")
    request.session = SessionStore()
    user = UserFactory()
    signal = get_class("customer.signals", "user_registered")
    asked = queries_of(lambda: signal.send(sender=None, request=request, user=user))
    ours = [sql for sql in asked if "oscar_referrals" in sql]
    assert len(ours) <= 1, ours
