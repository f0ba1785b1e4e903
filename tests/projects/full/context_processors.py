"""Oscar's context processors, kept out of Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from oscar.apps.checkout.context_processors import checkout
from oscar.apps.communication.notifications.context_processors import notifications
from oscar.apps.search.context_processors import search_form
from oscar.core.context_processors import metadata


def shop(request: HttpRequest) -> dict[str, object]:
    """Everything Oscar's templates need, or nothing where Wagtail would show the shop's search."""
    if request.path.startswith(reverse("wagtailadmin_home")):
        return {}
    return {
        **search_form(request),
        **checkout(request),
        **notifications(request),
        **metadata(request),
    }
