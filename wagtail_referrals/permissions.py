"""Who may see referral data in Wagtail's admin: it shows programs, and never changes one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.permission_policies import ModelPermissionPolicy

ALLOWED = "view"


class ViewOnlyPolicy(ModelPermissionPolicy):
    """Grants "view" to those who hold the model's view permission, and nothing to anybody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only "view" can be granted, even to a superuser."""
        return action == ALLOWED and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """See `user_has_permission`."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet:
        """Those who may view, if viewing is among the ``actions``."""
        viewers = super().users_with_any_permission([ALLOWED])
        return viewers if ALLOWED in actions else viewers.none()
