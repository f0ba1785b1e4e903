"""Sweet things, and boxes to give away."""

from __future__ import annotations

from ..pictures.draw import Inside, Picture
from .shelf import Item, Shelf

SHELF = Shelf(
    "Pantry & gifts",
    "Pantry",
    "pantry",
    "Sweet things for the toast, and boxes to give away.",
    "RP-503",
)

ITEMS = (
    Item(
        "RP-501",
        SHELF.name,
        "Coconut Kaya",
        "15.90",
        180,
        "Coconut milk, eggs, pandan and palm sugar, stirred for four hours. For toast with cold "
        "butter.",
        {"Weight": "220 g", "Made in": "Ipoh, Perak", "Keeps": "3 weeks once open"},
        Picture("jar", "#a8752f", ("Kaya", "220 g", "leaf")),
        Inside("spread", "#b9853a"),
        ("RP-401", "RP-104"),
    ),
    Item(
        "RP-502",
        SHELF.name,
        "Gula Melaka",
        "12.50",
        220,
        "Palm sugar boiled down in an iron wok and set in bamboo. Smoky, soft and hard to stop "
        "shaving.",
        {"Weight": "250 g, 3 rounds", "Made in": "Alor Gajah, Melaka", "Keeps": "12 months"},
        Picture("palm_sugar"),
        goes_with=("RP-501",),
    ),
    Item(
        "RP-503",
        SHELF.name,
        "The Breakfast Box",
        "128.00",
        35,
        "House Blend, Highland Black, kaya and a pair of tea towels, packed in straw under a "
        "ribbon. We add your words on a card.",
        {"Weight": "1.4 kg", "Made in": "Packed in our shop", "Keeps": "6 months"},
        Picture("gift_box", "#d9b98a"),
        goes_with=("RP-401", "RP-403"),
    ),
)
