from __future__ import annotations

from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    name = "tests.projects.forked.basket"
