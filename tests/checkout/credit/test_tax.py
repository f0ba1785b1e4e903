"""Credit is a means of payment and leaves the tax as it is; a voucher lowers it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from oscar.apps.partner.strategy import FixedRateTax, StockRequired, Structured, UseFirstStockRecord
from oscar.core.loading import get_class

from oscar_referrals.rewards.facts import order_facts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import live_program
from tests.checkout.credit.till import Till, use
from tests.rewards.cases import available
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db(transaction=True)


class SalesTax(UseFirstStockRecord, FixedRateTax, StockRequired, Structured):
    """Prices without tax, and 6 % on top."""

    rate = Decimal("0.06")
    exponent = Decimal("0.01")


class TestTax:
    """RM 100 and 6 % of tax, with RM 20 off for the owner: by voucher, and by credit.

    voucher, before tax:  100.00 - 20.00 = 80.00; 6 % of that: 4.80;  to pay 84.80
    credit, after tax:    100.00; 6 % of that: 6.00; total 106.00;    to pay 86.00
    """

    @pytest.fixture(autouse=True)
    def six_per_cent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        selector: Any = get_class("partner.strategy", "Selector")
        monkeypatch.setattr(
            selector, "strategy", lambda *args, request=None, **kwargs: SalesTax(request)
        )

    def test_a_voucher_lowers_the_tax(self, till: Till) -> None:
        reward = available(live_program(hold_days=0, advocate={"value": 2000}))
        visitor = Visitor(reward.owner)
        visitor.add(product("100.00"))
        visitor.enter(reward.voucher_code)
        placed = visitor.order()
        assert placed.total_excl_tax == Decimal("80.00")
        assert placed.total_incl_tax == Decimal("84.80")
        assert till.charged == [Decimal("84.80")]

    def test_credit_leaves_the_tax_as_it_is(self, lot: Reward, till: Till) -> None:
        visitor = Visitor(lot.owner)
        visitor.add(product("100.00"))
        use(visitor)
        placed = visitor.order()
        assert placed.total_excl_tax == Decimal("100.00")
        assert placed.total_incl_tax == Decimal("106.00")
        assert till.charged == [Decimal("86.00")]
        facts = order_facts(placed)
        assert (facts.paid, facts.total) == (True, 10600)
