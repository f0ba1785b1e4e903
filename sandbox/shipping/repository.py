from __future__ import annotations

from oscar.apps.shipping import repository

from .methods import Courier


class Repository(repository.Repository):
    """The shop's only way of shipping is its courier."""

    methods = (Courier(),)
