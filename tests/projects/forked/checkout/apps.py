from __future__ import annotations

from oscar.apps.checkout import apps


class CheckoutConfig(apps.CheckoutConfig):
    name = "tests.projects.forked.checkout"
