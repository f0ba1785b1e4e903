"""Paying with store credit through Oscar's own pages, with the documented hook in its view."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import CreditUse, Reward
from tests.checkout.credit.till import Till, queries, use, words
from tests.rewards.cases import available
from tests.shop import Visitor, customer, product, shop_voucher, texts

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_of_it_from_the_basket_to_the_order(owner: Visitor, lot: Reward, till: Till) -> None:
    assert "You have MYR 20 of store credit" in words(owner.get("basket:summary"))
    assert use(owner) == ["MYR 20 of your store credit is set aside for this basket."]
    sentence = "MYR 20 of store credit will be used, MYR 60 to pay"
    assert sentence in words(owner.get("basket:summary"))
    assert sentence in words(owner.to_preview())
    page = owner.pay()
    assert page.resolver_match.view_name == "checkout:thank-you", texts(page)
    assert "Paid with store credit</td>" in words(page)
    placed = page.context["order"]
    assert (placed.total_incl_tax, till.charged) == (Decimal("80.00"), [Decimal("60.00")])
    paid = {row.source_type.name: row.amount_debited for row in placed.sources.all()}
    assert paid == {"Store credit": Decimal("20.00"), "Card": Decimal("60.00")}
    lot.refresh_from_db()
    assert (lot.state, lot.used, lot.reserved) == (Reward.State.REDEEMED, 2000, 0)
    assert audit() == []
    assert "Paid with store credit" in words(owner.get("customer:order", placed.number))
    assert f"for order {placed.number}" in words(owner.get("referrals:portal"))


def test_an_amount_over_two_orders(owner: Visitor, lot: Reward, till: Till) -> None:
    use(owner, "12.50")
    owner.order()
    owner.add(product("5.00"))
    use(owner)
    owner.order()
    assert till.charged == [Decimal("67.50")]
    lot.refresh_from_db()
    # Of the RM 7.50 that were left, the second order needed RM 5.
    assert (lot.state, lot.left) == (Reward.State.AVAILABLE, 250)
    assert audit() == []


@pytest.mark.parametrize("amount", ["-1", "0", "abc", "1.005", "20.01"])
def test_what_cannot_be_used_is_refused_with_a_message(owner: Visitor, amount: str) -> None:
    [said] = use(owner, amount)
    assert said in (
        "Please enter an amount of money, or nothing to use all your credit.",
        "You have MYR 20 of store credit to use. Please enter no more than that.",
    )
    assert not CreditUse.objects.exists()


def test_an_order_that_costs_nothing_gives_the_credit_back(owner: Visitor, lot: Reward) -> None:
    use(owner)
    shop_voucher("GIFT", percent=100)
    owner.enter("GIFT")
    placed = owner.order()
    assert (placed.total_incl_tax, placed.sources.count()) == (Decimal("0.00"), 0)
    lot.refresh_from_db()
    assert (lot.state, lot.left, lot.reserved) == (Reward.State.AVAILABLE, 2000, 0)
    assert audit() == []


def test_further_lots_do_not_let_the_shopper_wait(owner: Visitor, lot: Reward) -> None:
    """Their balance is right at once; their books follow with the periodic work."""
    use(owner)
    alone = queries(owner.order)
    lots = [available(lot.program, member=lot.advocate) for _number in range(3)]
    owner.add(product("80.00"))
    use(owner)
    together = queries(owner.order)
    assert together - alone <= 2, (alone, together)
    for row in lots:
        row.refresh_from_db()
        assert (row.left, row.used, row.reserved) == (0, 2000, 0)
    assert audit() == []
    settle_due()
    states = Reward.objects.filter(pk__in=[row.pk for row in lots]).values_list("state", flat=True)
    assert set(states) == {Reward.State.REDEEMED}
    assert audit() == []


def test_nobody_fills_the_books_with_presses(owner: Visitor, lot: Reward, settings: Any) -> None:
    """Whether the same or another amount is asked for; other accounts are not concerned."""
    settings.OSCAR_REFERRALS |= {"TRY_LIMIT": 1}
    for amount in ("5", "5", "6"):
        assert "is set aside" in use(owner, amount)[0]
    entries = lot.entries.count()
    for amount in ("7", "", "abc"):
        assert use(owner, amount) == [
            "You have changed this very often. Please wait 10 minutes and try again."
        ]
    assert lot.entries.count() == entries
    assert use(Visitor(customer())) == ["Add a product to your basket first, then use your credit."]
    assert texts(owner.post("referrals:remove-credit"))
    lot.refresh_from_db()
    assert lot.reserved == 0


def test_it_is_removed_by_hand(owner: Visitor, lot: Reward, till: Till) -> None:
    use(owner)
    owner.post("referrals:remove-credit")
    lot.refresh_from_db()
    assert lot.reserved == 0
    owner.order()
    assert till.charged == [Decimal("80.00")]
