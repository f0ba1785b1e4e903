"""Where to go next: only to addresses of this shop (C29)."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest) -> str:
    """The path in ``next`` of the form or the query; empty if there is none or it leads away."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # Without the slash, `redirect` would take it for the name of a view.
    allowed = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else ""
