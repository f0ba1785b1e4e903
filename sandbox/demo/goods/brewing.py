"""What coffee and tea are made with."""

from __future__ import annotations

from ..pictures.draw import Picture
from .shelf import Item, Shelf

SHELF = Shelf(
    "Brewing",
    "Brewing gear",
    "brewing",
    "Tools that do one thing well, and that can be repaired.",
    "RP-301",
)

ITEMS = (
    Item(
        "RP-301",
        SHELF.name,
        "Cone Dripper, Clay",
        "68.00",
        40,
        "A stoneware cone with twelve ribs, glazed inside. Pour slowly and it gives a clear, "
        "sweet cup; holds one to three servings.",
        {"Size": "For 01 and 02 papers", "Material": "Stoneware", "Care": "Dishwasher safe"},
        Picture("dripper", "#d98f6c"),
        goes_with=("RP-305", "RP-302"),
    ),
    Item(
        "RP-302",
        SHELF.name,
        "Gooseneck Kettle",
        "189.00",
        22,
        "Pours a thread or a stream and stops when you do. For gas, induction and patience.",
        {"Size": "1.0 litre", "Material": "Coated steel, beech handle", "Care": "Wipe dry"},
        Picture("kettle", "#2e3b38"),
        goes_with=("RP-301", "RP-103"),
    ),
    Item(
        "RP-303",
        SHELF.name,
        "Hand Grinder",
        "245.00",
        14,
        "Thirty-eight millimetre steel burrs, two bearings, a grip of walnut. Twenty grams take "
        "forty seconds, about as long as the water needs.",
        {"Size": "24 g capacity", "Material": "Steel, walnut", "Care": "Brush after use"},
        Picture("grinder"),
        goes_with=("RP-101", "RP-102"),
    ),
    Item(
        "RP-304",
        SHELF.name,
        "Kopitiam Sock & Brass Ring",
        "24.90",
        130,
        "The cotton filter every coffee shop hangs by the stove, on a hand-made brass ring. "
        "Rinse, boil, use again.",
        {"Size": "15 cm ring", "Material": "Cotton, brass, rubberwood", "Care": "Boil weekly"},
        Picture("sock"),
        goes_with=("RP-104",),
    ),
    Item(
        "RP-305",
        SHELF.name,
        "Paper Filters, Natural",
        "16.00",
        300,
        "A hundred unbleached cones. They need one rinse and then taste of nothing.",
        {
            "Size": "02, for one to four cups",
            "Material": "Unbleached paper",
            "Care": "Compost after use",
        },
        Picture("filters", "#7a5a3c"),
        goes_with=("RP-301",),
    ),
)
