"""Tea, flowers and roots."""

from __future__ import annotations

from ..pictures.draw import Inside, Picture
from .shelf import Item, Shelf

SHELF = Shelf(
    "Tea",
    "Tea",
    "tea",
    "Leaves, flowers and roots, most of them grown above a thousand metres.",
    "RP-201",
)

ITEMS = (
    Item(
        "RP-201",
        SHELF.name,
        "Highland Black",
        "28.00",
        90,
        "Whole-leaf black tea from bushes planted in 1931, picked two leaves and a bud. Brisk, "
        "bright and good with milk.",
        {"Weight": "100 g tin", "Origin": "Cameron Highlands", "Steep": "4 minutes at 95 °C"},
        Picture("tin", "#2f5d46", ("Highland Black", "100 g · whole leaf", "leaf")),
        Inside("leaves", "#3a2a1e"),
        ("RP-405", "RP-501"),
    ),
    Item(
        "RP-202",
        SHELF.name,
        "Pandan Green",
        "26.00",
        75,
        "Steamed green tea tumbled with fresh pandan. It smells of a kitchen in which somebody "
        "is making kaya.",
        {"Weight": "80 g tin", "Origin": "Cameron Highlands", "Steep": "2 minutes at 80 °C"},
        Picture("tin", "#6d8a3a", ("Pandan Green", "80 g · whole leaf", "leaf")),
        Inside("leaves", "#5d7334"),
        ("RP-405", "RP-501"),
    ),
    Item(
        "RP-203",
        SHELF.name,
        "Teh Tarik Blend",
        "22.00",
        160,
        "Small, strong broken leaf made to be pulled from a height. Keep the condensed milk close.",
        {
            "Weight": "400 g bag",
            "Origin": "Cameron Highlands and Sri Lanka",
            "Steep": "5 minutes at the boil",
        },
        Picture("pouch", "#b5652b", ("Teh Tarik", "400 g · broken leaf", "cup")),
        Inside("powder", "#6b3a1f"),
        ("RP-401", "RP-405"),
    ),
    Item(
        "RP-204",
        SHELF.name,
        "Bunga Telang",
        "19.90",
        85,
        "Dried butterfly pea flowers. They colour water a deep blue, rice a pale one, and turn "
        "violet when a little lime falls in.",
        {"Weight": "40 g tin", "Origin": "Kelantan", "Steep": "5 minutes at 90 °C"},
        Picture("tin", "#3f4f8f", ("Bunga Telang", "40 g · whole flower", "flower")),
        Inside("flowers", "#4b56a8"),
    ),
    Item(
        "RP-205",
        SHELF.name,
        "Ginger & Serai Infusion",
        "18.50",
        110,
        "Bentong ginger and lemongrass, cut fine and packed in twenty unbleached bags. For rain, "
        "and for throats.",
        {"Weight": "20 bags", "Origin": "Bentong, Pahang", "Steep": "6 minutes at the boil"},
        Picture("box", "#c7842f", ("Halia & Serai", "20 bags", "leaf")),
    ),
)
