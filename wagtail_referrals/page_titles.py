"""What a Wagtail page is called to a friend whom a share link leads there."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import ResolverMatch
from wagtail.models import Site


def title_of_page(request: HttpRequest, match: ResolverMatch) -> str:
    """The title of a page that everybody may read; empty for all others."""
    site = Site.find_for_request(request)
    path = match.args[0] if match.args else match.kwargs.get("path", "")
    parts = [part for part in path.split("/") if part]
    if site is None:
        return ""
    try:
        page = site.root_page.localized.specific.route(request, parts).page
    except Http404:
        return ""
    return "" if page.get_view_restrictions().exists() else str(page.title)
