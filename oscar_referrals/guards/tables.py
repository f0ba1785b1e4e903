"""The tables whose rows say whether a version has been published."""

from __future__ import annotations

from django.apps import apps


def version_table() -> str:
    """Table of ProgramVersion."""
    return apps.get_model("oscar_referrals", "ProgramVersion")._meta.db_table


def incentive_table() -> str:
    """Table of Incentive."""
    return apps.get_model("oscar_referrals", "Incentive")._meta.db_table
