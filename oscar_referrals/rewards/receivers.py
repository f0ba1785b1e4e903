"""Wiring only: what `rewards` does when another room has done something."""

from __future__ import annotations

from typing import Any

from oscar_referrals import signals
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.triggers import settle_waiting


def connect() -> None:
    """Connect the receivers."""
    signals.happening.connect(
        on_joined, sender=signals.advocate_joined, dispatch_uid="oscar_referrals.rewards.joined"
    )


def on_joined(advocate: Advocate, **kwargs: Any) -> None:
    """Somebody accepted the terms: what waited for that can go on."""
    settle_waiting(advocate)
