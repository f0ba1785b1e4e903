"""System checks: what is misconfigured, in plain words, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks


@checks.register("oscar_referrals")
def dashboard_app(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Without the second app, operators have no screens."""
    if apps.is_installed("oscar_referrals.dashboard"):
        return []
    return [
        checks.Warning(
            "The referral pages of Oscar's dashboard are missing.",
            hint='Add "oscar_referrals.dashboard" to INSTALLED_APPS, after "oscar_referrals".',
            id="oscar_referrals.W001",
        )
    ]
