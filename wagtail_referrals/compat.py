"""What Wagtail 7.4 and 8 do in different ways."""

from __future__ import annotations

from wagtail import VERSION
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

HAS_POLICY_REGISTRY = VERSION >= (8, 0)


def apply_policy(viewset: type[ModelViewSet], policy: BasePermissionPolicy) -> None:
    """Make ``policy`` decide about the model of ``viewset``.

    Wagtail 8 keeps the policies in a registry; before, each class of viewsets carries its own.
    """
    if HAS_POLICY_REGISTRY:
        from wagtail.permissions import register_permission_policy

        register_permission_policy(viewset.model, policy)
    else:
        viewset.permission_policy = policy
