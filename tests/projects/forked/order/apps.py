from __future__ import annotations

from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "tests.projects.forked.order"
