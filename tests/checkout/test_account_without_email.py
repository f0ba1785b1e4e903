"""An account without an e-mail is no stranger: its own orders say whether it is a new customer."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from oscar_referrals.checkout.models import Pin
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db

_number = count(1)
REFUSED = "This code is for new customers, and you have ordered here before."


@pytest.fixture
def code() -> str:
    program = live_program(friend={"value": 2000, "minimum": 0})
    return code_for(advocate=advocate(program)).code


def account(*, orders: int = 0) -> Any:
    user = UserFactory(username=f"nobody{next(_number)}", email="")
    for _order in range(orders):
        visitor = Visitor(user)
        visitor.add(product("10.00"))
        visitor.order()
    return user


def test_who_has_ordered_is_refused_when_the_code_is_typed(code: str) -> None:
    visitor = Visitor(account(orders=1))
    visitor.add(product("50.00"))
    assert visitor.enter(code) == [REFUSED]
    assert visitor.basket.total_discount == 0


def test_who_has_ordered_hears_it_after_signing_in_and_before_paying(code: str) -> None:
    user = account(orders=1)
    visitor = Visitor()
    visitor.add(product("50.00"))
    visitor.enter(code)
    assert visitor.basket.total_discount == Decimal("20.00")
    visitor.client.force_login(user)
    visitor.user = user
    assert visitor.basket.total_discount == 0
    assert visitor.heard[-1].endswith(REFUSED)


def test_a_new_customer_is_checked_once(code: str) -> None:
    user = account()
    visitor = Visitor(user)
    visitor.add(product("50.00"))
    visitor.enter(code)
    assert Pin.objects.get().checked_key == f"user:{user.pk}"
    assert visitor.order().total_incl_tax == Decimal("30.00")
