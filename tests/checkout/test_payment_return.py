"""The way back from a payment provider belongs to the shop's own view."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from oscar_referrals.checkout.middleware import ReferralMiddleware

SUBMITTED = {"checkout_data": {"submission": {"basket_id": 7}}}


def baskets_loaded(name: str, session: dict[str, Any]) -> int:
    """How often the middleware loads the open basket before the view ``name``."""
    loaded: list[None] = []

    def load() -> Any:
        loaded.append(None)
        return SimpleNamespace(id=None, vouchers=None)

    request = RequestFactory().get("/")
    request.session = session
    request.basket = SimpleLazyObject(load)
    request.resolver_match = SimpleNamespace(
        view_name=name, namespaces=name.split(":")[:1], func=None
    )
    ReferralMiddleware(lambda request: None).process_view(request, None, (), {})
    return len(loaded)


def test_the_open_basket_is_not_loaded_before_a_frozen_one_is_thawed() -> None:
    assert baskets_loaded("checkout:paid-elsewhere", SUBMITTED) == 0


@pytest.mark.parametrize(
    ("name", "session"),
    [("checkout:shipping-address", SUBMITTED), ("checkout:paid-elsewhere", {})],
)
def test_other_steps_of_the_checkout_look_at_the_open_basket(
    name: str, session: dict[str, Any]
) -> None:
    assert baskets_loaded(name, session) == 1
