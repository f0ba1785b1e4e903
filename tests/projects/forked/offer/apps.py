from __future__ import annotations

from oscar.apps.offer import apps


class OfferConfig(apps.OfferConfig):
    name = "tests.projects.forked.offer"
