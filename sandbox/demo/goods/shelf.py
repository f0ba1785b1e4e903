"""What a shelf is, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..pictures.draw import Inside, Picture


@dataclass(frozen=True)
class Shelf:
    """A category, and the product type of what stands on it."""

    name: str
    product_type: str
    kind: str
    description: str
    picture_of: str


@dataclass(frozen=True)
class Item:
    """A product: price in ringgit, how many are in stock, what its page says and shows."""

    upc: str
    shelf: str
    title: str
    price: str
    stock: int
    description: str
    details: dict[str, str]
    picture: Picture
    inside: Inside | None = None
    goes_with: tuple[str, ...] = field(default=())
