"""What Rimba Pagi sells, shelf by shelf."""

from __future__ import annotations

from . import brewing, coffee, pantry, table, tea
from .shelf import Item, Shelf

__all__ = ["ITEMS", "SHELVES", "Item", "Shelf"]

_PARTS = (coffee, tea, brewing, table, pantry)

SHELVES = tuple(part.SHELF for part in _PARTS)
ITEMS = tuple(item for part in _PARTS for item in part.ITEMS)
