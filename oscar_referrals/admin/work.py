"""Mails that are owed, who wants which, and the periodic jobs."""

from __future__ import annotations

from django.contrib import admin

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin
from oscar_referrals.admin.resources import MessageResource
from oscar_referrals.messages.models import (
    LastMail,
    MessagePreference,
    MessageSwitch,
    OutboxMessage,
)
from oscar_referrals.upkeep.models import JobRun


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ExportAdmin):
    """Mails."""

    resource_classes = [MessageResource]
    list_display = ["key", "event", "user", "state", "attempts", "next_attempt_at", "sent_at"]
    list_filter = ["state", "event"]
    list_select_related = ["user"]
    search_fields = ["=key", "user__email"]
    ordering = ["-pk"]


@admin.register(MessagePreference)
class MessagePreferenceAdmin(ReadOnlyAdmin):
    """Which mails people want; of guests there is no address."""

    list_display = ["user", "event", "wanted", "method", "stated_at"]
    list_filter = ["event", "wanted", "method"]
    list_select_related = ["user"]
    search_fields = ["user__email"]


@admin.register(LastMail)
class LastMailAdmin(ReadOnlyAdmin):
    """When people last got a mail of those that come at most once in a while."""

    list_display = ["user", "sent_at"]
    list_select_related = ["user"]
    search_fields = ["user__email"]


@admin.register(MessageSwitch)
class MessageSwitchAdmin(ReadOnlyAdmin):
    """Which mails a program does not send."""

    list_display = ["program", "event", "switched_off_at", "switched_off_by"]
    list_select_related = ["program", "switched_off_by"]


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    """Periodic jobs."""

    list_display = ["name", "started_at", "finished_at", "handled", "failed", "complete"]
