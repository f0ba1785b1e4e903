"""What Wagtail 7.4 and 8 do in different ways."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from wagtail import VERSION
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

HAS_POLICY_REGISTRY = VERSION >= (8, 0)
DEFAULT_BASE_PAGE = "wagtailcore.Page"
#: The model of which every page is one. With Wagtail 8 a website may have one of its own.
BASE_PAGE: str = (
    getattr(settings, "WAGTAIL_PAGE_MODEL", DEFAULT_BASE_PAGE)
    if VERSION >= (8, 0)
    else DEFAULT_BASE_PAGE
)
#: Nothing can be derived from Wagtail's `Page` then: our page classes are no models, and the
#: website mixes what they do into classes of its own.
IS_BASE_PAGE_SWAPPED = BASE_PAGE.lower() != DEFAULT_BASE_PAGE.lower()


def base_page() -> Any:
    """The model of `BASE_PAGE`."""
    return apps.get_model(BASE_PAGE)


def apply_policy(viewset: type[ModelViewSet], policy: BasePermissionPolicy) -> None:
    """Make ``policy`` decide about the model of ``viewset``.

    Wagtail 8 keeps the policies in a registry; before, each class of viewsets carries its own.
    """
    if HAS_POLICY_REGISTRY:
        from wagtail.permissions import register_permission_policy

        register_permission_policy(viewset.model, policy)
    else:
        viewset.permission_policy = policy
