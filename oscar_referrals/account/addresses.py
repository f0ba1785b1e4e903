"""Where to go next: only to addresses of this shop (C29)."""

from __future__ import annotations

from django.http import HttpRequest

from oscar_referrals.sharing.targets import path_in_shop


def safe_next(request: HttpRequest) -> str:
    """The path in ``next`` of the form or the query; empty if there is none or it leads away."""
    return path_in_shop(request, request.POST.get("next") or request.GET.get("next") or "")
