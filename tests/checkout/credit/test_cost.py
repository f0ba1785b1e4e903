"""How many queries credit costs, and whom."""

from __future__ import annotations

from typing import Any

import pytest

from oscar_referrals.rewards.models import Reward
from tests.checkout.credit.till import Till, queries
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db(transaction=True)


class TestCost:
    """Nobody without credit pays for it; who may have some pays two queries a page at most."""

    PAGES = ("basket:summary", "checkout:payment-details", "checkout:preview", "customer:summary")

    def cost(self, visitor: Visitor, till: Till) -> dict[str, int]:
        visitor.add(product("80.00"))
        visitor.to_preview()
        counts = {}
        for page in self.PAGES:
            visitor.get(page)
            counts[page] = queries(lambda page=page: visitor.get(page))
        counts["order"] = queries(
            lambda: visitor.client.post("/shop/checkout/preview/", {"action": "place_order"})
        )
        visitor.get("checkout:thank-you")
        counts["thank you"] = queries(lambda: visitor.get("checkout:thank-you"))
        return counts

    def both(self, user: Any, settings: Any, till: Till) -> tuple[dict[str, int], dict[str, int]]:
        # The first order of a person costs more: an address is written.
        self.cost(Visitor(user), till)
        with_credit = self.cost(Visitor(user), till)
        settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": False}
        return with_credit, self.cost(Visitor(user), till)

    @pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "guest"])
    def test_who_has_no_credit(
        self, lot: Reward, settings: Any, till: Till, signed_in: bool
    ) -> None:
        counts, without = self.both(customer() if signed_in else None, settings, till)
        assert counts == without

    def test_an_advocate_who_does_not_use_it(self, lot: Reward, settings: Any, till: Till) -> None:
        counts, without = self.both(lot.owner, settings, till)
        extra = {page: counts[page] - without[page] for page in counts}
        assert max(extra.values()) <= 2, extra
        assert extra["order"] == 0
