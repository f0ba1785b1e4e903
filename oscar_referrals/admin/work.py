"""Mails that are owed, and the periodic jobs."""

from __future__ import annotations

from django.contrib import admin

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin
from oscar_referrals.admin.resources import MessageResource
from oscar_referrals.messages.models import OutboxMessage
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


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    """Periodic jobs."""

    list_display = ["name", "started_at", "finished_at", "handled", "failed", "complete"]
