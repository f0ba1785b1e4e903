"""Rows that never change, as far as Python can tell; `guards` says the same to the database."""

from __future__ import annotations

from typing import Any

from django.db import models


class Frozen(Exception):
    """Somebody tried to change a row that is a promise, a receipt or a booking."""


class AppendOnly(models.Model):
    """A model whose rows are written once. A correction is a new row."""

    class Meta:
        # As of all models here; Oscar's own tests look for one in each model of a package named so.
        app_label = "oscar_referrals"
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises Frozen for a row that has been saved before."""
        if not self._state.adding:
            raise Frozen(f"{self._meta.verbose_name} {self.pk} can't be changed: add a new row.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises Frozen."""
        raise Frozen(f"{self._meta.verbose_name} {self.pk} can't be deleted.")
