"""A payment with store credit failed, and the shopper goes on in another way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from oscar.apps.payment.exceptions import UnableToTakePayment
from oscar.core.loading import get_model

from oscar_referrals.checkout.credit_reconcile import reconcile_credit
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture, reopen
from oscar_referrals.rewards.credit.upkeep import give_back_left_behind
from oscar_referrals.rewards.credit.wallet import reserve
from oscar_referrals.rewards.models import Reward
from tests.checkout.credit.till import Till, use
from tests.rewards.cases import order, pay
from tests.shop import Visitor, texts

pytestmark = pytest.mark.django_db(transaction=True)


def decline() -> None:
    raise UnableToTakePayment("Declined")


def basket_in_payment(lot: Reward, number: str) -> Any:
    """A frozen basket of the owner's whose payment has begun with RM 10 of credit."""
    basket = get_model("basket", "Basket").objects.create(owner=lot.owner)
    reserve(owner_id=lot.owner_id, basket_id=basket.pk, currency="MYR", amount=1000)
    basket.freeze()
    begin(basket_id=basket.pk, order_number=number, currency="MYR", amount=1000)
    return basket


def taken(lot: Reward) -> tuple[int, int]:
    """What is used of the lot, and what is set aside."""
    lot.refresh_from_db()
    return lot.used, lot.reserved


def test_credit_that_is_removed_after_a_failed_payment_pays_nothing(
    owner: Visitor, lot: Reward, till: Till
) -> None:
    use(owner)
    owner.to_preview()
    till.then = decline
    owner.pay()
    till.then = None
    owner.post("referrals:remove-credit")
    owner.get("checkout:preview")
    page = owner.pay()
    assert page.resolver_match.view_name == "checkout:thank-you", texts(page)
    assert till.charged == [Decimal("80.00")]
    reconcile_credit(now=timezone.now() + timedelta(hours=1))
    assert taken(lot) == (0, 0)
    assert audit() == []


def test_credit_can_be_chosen_anew_after_a_failed_payment(
    owner: Visitor, lot: Reward, till: Till
) -> None:
    use(owner)
    owner.to_preview()
    till.then = decline
    owner.pay()
    till.then = None
    assert use(owner, "5") == ["MYR 5 of your store credit is set aside for this basket."]
    owner.get("checkout:preview")
    owner.pay()
    assert till.charged == [Decimal("75.00")]
    assert taken(lot) == (500, 0)


def test_a_failed_payment_and_another_session(owner: Visitor, lot: Reward, till: Till) -> None:
    use(owner)
    owner.to_preview()
    till.then = decline
    owner.pay()
    till.then = None
    again = Visitor(lot.owner)
    again.to_preview()
    page = again.pay()
    assert page.resolver_match.view_name == "checkout:thank-you", texts(page)
    assert till.charged == [Decimal("80.00")]
    reconcile_credit(now=timezone.now() + timedelta(hours=1))
    assert taken(lot) == (0, 0)
    assert audit() == []


def test_a_tab_that_saw_the_basket_open_gives_nothing_back(lot: Reward) -> None:
    basket = basket_in_payment(lot, "900001")
    assert reopen(basket_id=basket.pk) == 0
    assert capture(order_number="900001") == 1000


def test_an_order_that_comes_after_its_credit_was_given_up(lot: Reward) -> None:
    basket = basket_in_payment(lot, "900001")
    later = timezone.now() + timedelta(days=90)
    give_back_left_behind(now=later)
    assert taken(lot) == (0, 0)
    placed = order("80.00", user=lot.owner, number="900001", basket=basket, date_placed=later)
    pay(placed, "70.00")
    reconcile_credit(now=later + timedelta(hours=1))
    assert taken(lot) == (1000, 0)
    assert audit() == []


def test_an_order_that_comes_then_without_it(lot: Reward) -> None:
    basket = basket_in_payment(lot, "900001")
    later = timezone.now() + timedelta(days=90)
    give_back_left_behind(now=later)
    placed = order("80.00", user=lot.owner, number="900001", basket=basket, date_placed=later)
    pay(placed)
    reconcile_credit(now=later + timedelta(hours=1))
    assert taken(lot) == (0, 0)
    assert reconcile_credit(now=later + timedelta(hours=2)).handled == 0
    assert audit() == []
