"""Wiring only: which function answers which signal."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.signals import page_published

from wagtail_referrals.editions import freeze_words
from wagtail_referrals.models import ReferralTermsMixin


def connect() -> None:
    """Connect the receivers; safe to call twice."""
    page_published.connect(_page_published, dispatch_uid="wagtail_referrals.page_published")


def _page_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, ReferralTermsMixin) and instance.alias_of_id is None:
        transaction.on_commit(partial(freeze_words, type(instance), instance.pk), robust=True)
