"""Wiring only: which function answers which signal."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from oscar_referrals import signals
from oscar_referrals.programs.models import StatementWaiver, WaiverWithdrawal
from wagtail_referrals.editions import freeze_words
from wagtail_referrals.models import ReferralSettings, ReferralTermsMixin
from wagtail_referrals.purge import purge_pages
from wagtail_referrals.site_settings import forget_pages_set


def connect() -> None:
    """Connect the receivers; safe to call twice."""
    page_published.connect(_page_published, dispatch_uid="wagtail_referrals.page_published")
    # These are sent after commit.
    for signal in (
        signals.version_published,
        signals.program_status_changed,
        signals.offer_changed,
    ):
        signal.connect(_program_changed, dispatch_uid="wagtail_referrals.program_changed")
    for model in (StatementWaiver, WaiverWithdrawal):
        post_save.connect(
            _statement_judged, sender=model, dispatch_uid=f"wagtail_referrals.{model.__name__}"
        )
    for signal in (post_save, post_delete):
        signal.connect(
            _settings_changed,
            sender=ReferralSettings,
            dispatch_uid="wagtail_referrals.settings_changed",
        )


def _page_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, ReferralTermsMixin) and instance.alias_of_id is None:
        transaction.on_commit(partial(freeze_words, type(instance), instance.pk), robust=True)
        # Wagtail has purged the page before its new words were frozen.
        transaction.on_commit(partial(purge_pages, ReferralTermsMixin), robust=True)


def _program_changed(sender: Any, **kwargs: Any) -> None:
    purge_pages()


def _statement_judged(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Words in blocks are shown from now on, or no longer, if the version is the one in force."""
    if not raw and instance.version.program.current_version_id == instance.version_id:
        transaction.on_commit(purge_pages, robust=True)


def _settings_changed(sender: Any, **kwargs: Any) -> None:
    forget_pages_set()
    # Once more: until then somebody else may have read what stood before.
    transaction.on_commit(forget_pages_set, robust=True)
    transaction.on_commit(purge_pages, robust=True)
