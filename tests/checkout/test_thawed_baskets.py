"""A basket whose payment failed is open again, and what it was quoted counts no more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import pins_of
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.api_client import basket_of, place, priced
from tests.shop import customer, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    return live_program(friend={"value": 2000, "minimum": 0})


@pytest.fixture
def quoted(program: Any) -> Any:
    """A basket of RM 50 that is frozen for payment with RM 20 off."""
    basket = basket_of(customer(), product("50.00"))
    basket.vouchers.add(code_for(advocate=advocate(program)).voucher)
    basket = priced(basket)
    assert basket.total_discount == Decimal("20.00")
    basket.freeze()
    return basket


def afresh(basket: Any) -> Any:
    return get_model("basket", "Basket").objects.get(pk=basket.pk)


@pytest.mark.parametrize("load", [lambda basket: basket, afresh], ids=["the same", "afresh"])
def test_what_was_quoted_before_a_failed_payment_is_not_honoured_after_it(
    program: Any, quoted: Any, load: Any
) -> None:
    load(quoted).thaw()
    lifecycle.stop(program=program, reason="a leak")
    # Whatever shows the basket, or takes its payment, prices it.
    assert priced(afresh(quoted)).total_discount == 0
    afresh(quoted).freeze()
    assert not Pin.objects.get().quoted_at
    assert priced(quoted).total_discount == 0


def test_a_basket_that_stays_frozen_keeps_its_quote(program: Any, quoted: Any) -> None:
    lifecycle.stop(program=program, reason="a leak")
    # Payment code may save or freeze it again on the way.
    afresh(quoted).freeze()
    assert priced(quoted).total_discount == Decimal("20.00")
    assert place(priced(quoted)).total_incl_tax == Decimal("30.00")


def test_a_basket_that_is_priced_again_is_quoted_again(quoted: Any) -> None:
    afresh(quoted).thaw()
    priced(quoted).freeze()
    assert Pin.objects.get().quoted_at is not None
    assert priced(quoted).total_discount == Decimal("20.00")


def test_a_quote_of_another_request_is_left_alone(quoted: Any) -> None:
    """A request that has loaded the basket before it was frozen reads its pins only now."""
    early = afresh(quoted)
    early.status = early.OPEN
    assert len(pins_of(early)) == 1
    assert Pin.objects.get().quoted_at is not None


def test_a_failed_payment_costs_no_query_and_a_first_save_none(program: Any) -> None:
    def of_ours(action: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            action()
        return sum("oscar_referrals_pin" in query["sql"] for query in queries)

    assert of_ours(lambda: basket_of(customer())) == 0
    basket = basket_of(customer(), product("50.00"))
    assert of_ours(basket.freeze) == 0
    assert of_ours(afresh(basket).thaw) == 0
