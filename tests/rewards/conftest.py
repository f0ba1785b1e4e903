"""The project's own settings are left out here: each test names those it is about."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def default_settings(settings: Any) -> None:
    """All settings of ours at their defaults, in a shop whose checkout takes store credit."""
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
