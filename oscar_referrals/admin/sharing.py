"""Codes, contacts with them, and what is shared."""

from __future__ import annotations

from django.contrib import admin

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin
from oscar_referrals.admin.resources import CodeResource, ShareResource, TouchResource
from oscar_referrals.sharing.counts import TouchCount
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.share_models import Material, Share, ShareText


@admin.register(ReferralCode)
class ReferralCodeAdmin(ExportAdmin):
    """Codes."""

    resource_classes = [CodeResource]
    list_display = ["pretty", "advocate", "program", "created_at", "blocked_at"]
    list_filter = ["program", ("blocked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["advocate__user", "program"]
    search_fields = ["=code", "advocate__user__email"]


@admin.register(Touch)
class TouchAdmin(ExportAdmin):
    """Contacts: append-only."""

    resource_classes = [TouchResource]
    list_display = ["code", "method", "occurred_at", "program"]
    list_filter = ["method", "program"]
    list_select_related = ["code", "program"]
    search_fields = ["=code__code"]
    ordering = ["-pk"]


@admin.register(TouchCount)
class TouchCountAdmin(ReadOnlyAdmin):
    """Contacts per day, which outlive the contacts."""

    list_display = ["day", "program", "method", "channel", "placement", "campaign", "touches"]
    list_filter = ["method", "program"]
    list_select_related = ["program"]
    ordering = ["-day", "-pk"]


@admin.register(Share)
class ShareAdmin(ExportAdmin):
    """Presses of the buttons that share: append-only."""

    resource_classes = [ShareResource]
    list_display = ["code", "channel", "placement", "campaign", "shared_at", "program"]
    list_filter = ["channel", "placement", "program"]
    list_select_related = ["code", "program"]
    search_fields = ["=code__code"]
    ordering = ["-pk"]


@admin.register(ShareText)
class ShareTextAdmin(ReadOnlyAdmin):
    """The operator's opening words; they are written in the dashboard."""

    list_display = ["program", "language", "channel", "opening", "changed_at"]
    list_filter = ["program", "language", "channel"]
    list_select_related = ["program"]


@admin.register(Material)
class MaterialAdmin(ReadOnlyAdmin):
    """Pictures, banners and texts; they are uploaded in the dashboard."""

    list_display = ["title", "kind", "language", "program", "shown_from", "shown_until"]
    list_filter = ["kind", "language", "program"]
    list_select_related = ["program"]
