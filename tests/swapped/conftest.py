"""Only in the project whose pages are of a base page of its own."""

from __future__ import annotations

from django.conf import settings

collect_ignore_glob = (
    []
    if hasattr(settings, "WAGTAIL_PAGE_MODEL")
    and (settings.WAGTAIL_PAGE_MODEL == "website.BasePage")
    else ["test_*.py"]
)
