"""Paying a part with store credit and the rest at a provider's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from oscar.apps.payment.exceptions import RedirectRequired

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from tests.checkout.credit.till import Till, use, words
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db(transaction=True)


class TestRedirectPayments:
    """The shopper pays elsewhere, and comes back by another request."""

    pytestmark = pytest.mark.urls("tests.checkout.redirect_urls")

    @pytest.fixture
    def away(self, owner: Visitor, till: Till) -> Visitor:
        """The owner at the provider's, with RM 60 to pay there."""

        def leave() -> None:
            raise RedirectRequired("/elsewhere/")

        use(owner)
        owner.to_preview()
        till.then = leave
        page = owner.post("checkout:preview", data={"action": "place_order"}, follow=False)
        assert page.url == "/elsewhere/"
        till.then = None
        return owner

    def test_the_way_back_records_what_was_taken(self, away: Visitor, lot: Reward) -> None:
        # Looking at the shop meanwhile changes nothing.
        away.get("basket:summary")
        page = away.post("back", data={"decision": "approve", "paid": "60.00"})
        placed = page.context["order"]
        assert [row.amount_debited for row in placed.sources.all()] == [Decimal("20.00")]
        lot.refresh_from_db()
        assert (lot.used, lot.reserved) == (2000, 0)
        assert audit() == []

    def test_the_credit_is_out_of_reach_of_another_basket(self, away: Visitor, lot: Reward) -> None:
        away.add(product("30.00"))
        assert use(away) == ["You have no store credit to use on this order."]
        assert "MYR 20 of your store credit is set aside" in words(away.get("basket:summary"))
        away.post("back", data={"decision": "approve", "paid": "60.00"})
        lot.refresh_from_db()
        assert (lot.used, lot.reserved) == (2000, 0)

    def test_declined_there_it_is_used_for_the_basket_again(
        self, away: Visitor, lot: Reward, till: Till
    ) -> None:
        page = away.post("back", data={"decision": "decline"})
        assert "MYR 20 of store credit will be used, MYR 60 to pay" in words(page)
        away.pay()
        lot.refresh_from_db()
        assert (lot.used, lot.reserved, till.charged) == (2000, 0, [Decimal("60.00")])
        assert audit() == []
