"""What staff decided about the credit for orders by hand, and what friends asked for late."""

from __future__ import annotations

from django.contrib import admin

from oscar_referrals.admin.base import ReadOnlyAdmin
from oscar_referrals.attribution.assignments import Assignment, LateClaim


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    """Credits by hand."""

    list_display = ["order_number", "code", "state", "requested_by", "requested_at", "decided_by"]
    list_filter = ["state", "program"]
    list_select_related = ["code", "requested_by", "decided_by"]
    search_fields = ["=order_number", "=code__code"]


@admin.register(LateClaim)
class LateClaimAdmin(ReadOnlyAdmin):
    """What friends said after their order."""

    list_display = ["order_number", "state", "created_at", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["decided_by"]
    search_fields = ["=order_number"]
