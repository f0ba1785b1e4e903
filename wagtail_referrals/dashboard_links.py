"""Ways from Wagtail's admin to the shop's dashboard, where programs are run."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from oscar_referrals.programs.models import Program

NAMESPACE = "oscar_referrals_dashboard"


def program_url(user: Any, program: Program) -> str | None:
    """The program's page in the dashboard, for those who may enter it and if the shop has it."""
    if not user.is_staff:
        return None
    try:
        return reverse(f"{NAMESPACE}:referrals-program-detail", args=[program.pk])
    except NoReverseMatch:
        return None
