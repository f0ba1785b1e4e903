"""Codes and contacts with them."""

from __future__ import annotations

from django.contrib import admin

from oscar_referrals.admin.base import ExportAdmin
from oscar_referrals.admin.resources import CodeResource, TouchResource
from oscar_referrals.sharing.models import ReferralCode, Touch


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
