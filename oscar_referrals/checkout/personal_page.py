"""A page that tells one visitor what only that one was promised is kept in no cache of pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

_MARK = "_referral_is_personal"


def say_personal(request: Any) -> None:
    """Something on this page is for its reader only.

    Between the view and the session's middleware nothing says yet that the page varies by cookie,
    and there `cache_page` stands; it asks the request, by this name of Django's own.
    """
    setattr(request, _MARK, True)
    request._cache_update_cache = False


def keep_private(request: Any, response: HttpResponse) -> HttpResponse:
    """Tell all caches further out, the visitor's own excepted."""
    if getattr(request, _MARK, False):
        patch_cache_control(response, private=True)
    return response
