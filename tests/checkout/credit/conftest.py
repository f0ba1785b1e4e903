"""A shop that takes store credit, and a customer who has some."""

from __future__ import annotations

from typing import Any

import pytest

from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import live_program
from tests.checkout.credit.till import PaymentDetailsView, Till
from tests.rewards.cases import available
from tests.shop import Visitor, product


@pytest.fixture(autouse=True)
def till(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Till:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    shop = Till()
    monkeypatch.setattr(
        PaymentDetailsView,
        "handle_payment",
        lambda view, *args, **kwargs: shop.handle_payment(view, *args, **kwargs),
    )
    return shop


@pytest.fixture
def lot() -> Reward:
    """RM 20 of credit."""
    side = {"kind": "credit", "value": 2000, "validity_days": 90}
    return available(live_program(hold_days=0, advocate=side))


@pytest.fixture
def owner(lot: Reward) -> Visitor:
    """The owner, with goods for RM 80 in the basket."""
    visitor = Visitor(lot.owner)
    visitor.add(product("80.00"))
    return visitor
