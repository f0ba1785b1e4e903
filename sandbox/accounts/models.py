"""The shop's user: signs in by e-mail address, has no user name."""

from __future__ import annotations

from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """A customer or a member of staff."""
