"""System checks: what is misconfigured, in plain words, and how to mend it.

``manage.py check`` runs all but those of the database, which ``manage.py migrate`` and
``manage.py check --database default`` run. An error is what keeps referrals from working; a
warning is what works, but not as one would wish.
"""

from __future__ import annotations

from django.core.checks import Tags, register

from oscar_referrals.checks import database, installation, settings, shop

TAG = "oscar_referrals"


def connect() -> None:
    """Register all checks; called once by the app's configuration."""
    for check in (*settings.CHECKS, *installation.CHECKS, *shop.CHECKS):
        register(check, TAG)
    for check in database.CHECKS:
        register(check, TAG, Tags.database)
