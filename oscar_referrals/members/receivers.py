"""Wiring only: what `members` does when an account is saved."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_save

from oscar_referrals.members.proofs import end_former

logger = logging.getLogger(__name__)


def connect() -> None:
    """Connect the receivers."""
    post_save.connect(
        account_saved,
        sender=get_user_model(),
        dispatch_uid="oscar_referrals.members.account_saved",
    )


def account_saved(
    instance: Any, created: bool, raw: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    """An account may have taken another address. Signing in saves no address, and asks nothing.

    It never raises: a profile is saved whatever becomes of this.
    """
    untouched = update_fields is not None and instance.get_email_field_name() not in update_fields
    if created or raw or untouched:
        return
    try:
        with transaction.atomic():
            end_former(instance)
    except Exception:
        logger.exception("The proofs of account %s could not be ended", instance.pk)
