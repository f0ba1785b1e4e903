"""What every storefront template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from oscar.apps.checkout.context_processors import checkout
from oscar.apps.communication.notifications.context_processors import notifications
from oscar.apps.search.context_processors import search_form
from oscar.core.context_processors import metadata

OSCARS = (search_form, checkout, notifications, metadata)


def storefront(request: HttpRequest) -> dict[str, Any]:
    """Give Oscar's four context processors, but not to the two admins.

    Wagtail's header renders any ``search_form`` it finds in the context, so Oscar's would put the
    shop's search box on top of Wagtail's own listings.
    """
    if request.path.startswith((reverse("wagtailadmin_home"), reverse("admin:index"))):
        return {}
    context: dict[str, Any] = {}
    for processor in OSCARS:
        context |= processor(request)
    return context
