"""What Wagtail 7.4 and 8 do in different ways."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import VERSION

HAS_POLICY_REGISTRY = VERSION >= (8, 0)


def register_policy(model: type[models.Model], policy: Any) -> dict[str, Any]:
    """Make ``policy`` decide about ``model``; returns what its viewset has to be given besides.

    Wagtail 8 keeps the policies in a registry; before, each viewset carries its own.
    """
    if not HAS_POLICY_REGISTRY:
        return {"permission_policy": policy}
    from wagtail.permissions import register_permission_policy

    register_permission_policy(model, policy)
    return {}
