"""A lot of store credit, and a basket of its owner's."""

from __future__ import annotations

from typing import Any

import pytest

from oscar_referrals.rewards.models import Reward
from tests.rewards.cases import available
from tests.rewards.credit.lots import basket_of, credit_program


@pytest.fixture
def lot() -> Reward:
    """RM 20 of credit."""
    return available(credit_program())


@pytest.fixture
def basket(lot: Reward) -> Any:
    """Any basket of the owner's."""
    return basket_of(lot.owner)
