"""The page to which a friend goes on after claiming, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve
from oscar.core.loading import get_model

#: A page's title as everybody may see it; empty if there is none.
Title = Callable[[HttpRequest, ResolverMatch], str]


def _product(request: HttpRequest, match: ResolverMatch) -> str:
    found = get_model("catalogue", "Product").objects.public().filter(pk=match.kwargs["pk"]).first()
    return str(found.get_title()) if found is not None else ""


def _category(request: HttpRequest, match: ResolverMatch) -> str:
    found: Any = get_model("catalogue", "Category").objects.browsable()
    found = found.filter(pk=match.kwargs["pk"]).first()
    return str(found.name) if found is not None else ""


#: By the name of the view. Apps that have pages of their own add theirs when they are ready.
TITLES: dict[str, Title] = {"catalogue:detail": _product, "catalogue:category": _category}


#: Where a friend goes on after claiming, if the link names no page and the basket is empty: the
#: first path of this shop that is not empty. Apps add theirs, under their own name.
AFTER_CLAIM: dict[str, Callable[[HttpRequest], str]] = {}


#: Where the page behind a share link stands instead of ours: the first path of this shop that is
#: not empty, for a code that nobody has looked up yet. Apps add theirs, under their own name.
INVITATIONS: dict[str, Callable[[HttpRequest, str], str]] = {}


def invitation_elsewhere(request: HttpRequest, code: str) -> str:
    """See `INVITATIONS`; empty for our own page. The answer doesn't depend on whose code it is."""
    return next(filter(None, (page(request, code) for page in INVITATIONS.values())), "")


def after_claim(request: HttpRequest) -> str:
    """See `AFTER_CLAIM`; else the shop's home page."""
    found = (destination(request) for destination in AFTER_CLAIM.values())
    return next(filter(None, found), "") or resolve_url(settings.OSCAR_HOMEPAGE)


def title_of(request: HttpRequest, path: str) -> str:
    """The title of the page at ``path`` (of this shop, with or without query); empty if unknown.

    One query for a product or a category, none without a path.
    """
    if not path:
        return ""
    try:
        match = resolve("/" + path.partition("?")[0].removeprefix(get_script_prefix()))
    except Resolver404:
        return ""
    title = TITLES.get(match.view_name)
    return title(request, match) if title is not None else ""
