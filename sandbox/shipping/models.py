"""Oscar's shipping models, unchanged: only the repository of methods is the shop's own."""

from __future__ import annotations

from oscar.apps.shipping.models import (
    OrderAndItemCharges,
    WeightBand,
    WeightBased,
)

__all__ = ["OrderAndItemCharges", "WeightBand", "WeightBased"]
