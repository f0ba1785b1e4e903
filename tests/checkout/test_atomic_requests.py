"""In a shop that runs each request in one transaction, a fault of ours rolls nothing back.

On PostgreSQL the transaction would refuse every statement after the fault; SQLite forgives it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from oscar.core.loading import get_model

from oscar_referrals.members.models import KnownOrder
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def atomic_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)


@contextmanager
def broken(statement: str) -> Iterator[list[str]]:
    """The database refuses the statements that begin so; yields those that it refused."""
    refused: list[str] = []

    def spoil(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(statement, sql):
            refused.append(sql)
            sql, params, many = "SELECT * FROM no_such_table", (), False
        return execute(sql, params, many, context)

    wrapper: AbstractContextManager[None] = connection.execute_wrapper(spoil)
    with wrapper:
        yield refused


@pytest.fixture
def code() -> ReferralCode:
    return code_for(advocate=advocate(live_program(friend={"value": 2000, "minimum": 0})))


@pytest.fixture
def friend(code: ReferralCode) -> Visitor:
    """A guest with RM 50 in the basket and RM 20 off."""
    visitor = Visitor()
    visitor.add(product("50.00"))
    visitor.enter(code.code)
    return visitor


@pytest.mark.parametrize(
    "statement",
    ['INSERT .*INTO "oscar_referrals_knownorder"', 'UPDATE "oscar_referrals_pin" SET "quoted_at"'],
    ids=["the customer is not remembered", "the quote is not marked"],
)
def test_the_order_is_placed(friend: Visitor, statement: str) -> None:
    with broken(statement) as refused:
        assert friend.order().total_incl_tax == Decimal("30.00")
    assert refused
    assert get_model("order", "Order").objects.count() == 1


def test_the_customer_is_remembered_after_the_request(friend: Visitor) -> None:
    order = friend.order()
    assert KnownOrder.objects.get().order_number == order.number


def test_a_voucher_is_taken_out(friend: Visitor) -> None:
    basket = friend.basket
    voucher = basket.vouchers.get()
    with broken('DELETE FROM "oscar_referrals_pin"') as refused:
        friend.post("basket:vouchers-remove", voucher.pk)
    assert refused
    assert not basket.vouchers.exists()


def test_somebody_signs_in(code: ReferralCode) -> None:
    user = customer("a.friend@example.com")
    visitor = Visitor()
    visitor.claim(code)
    with broken('UPDATE "oscar_referrals_claim"') as refused:
        visitor.client.post(
            reverse("customer:login"),
            {
                "login-username": user.email,
                "login-password": "secret",
                "login_submit": "Log In",
            },
        )
    assert refused
    assert visitor.client.session.get("_auth_user_id") == str(user.pk)
