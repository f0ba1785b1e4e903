"""What stands on the table."""

from __future__ import annotations

from ..pictures.draw import Picture
from .shelf import Item, Shelf

SHELF = Shelf(
    "Cups & table",
    "Tableware",
    "table",
    "What stands on the table while the water boils.",
    "RP-401",
)

ITEMS = (
    Item(
        "RP-401",
        SHELF.name,
        "Kopitiam Cup & Saucer",
        "39.00",
        95,
        "The thick cup that keeps its heat, with the flowers our grandparents chose. Sold as a "
        "pair, since nobody drinks alone.",
        {"Size": "180 ml, set of 2", "Material": "Vitrified china", "Care": "Dishwasher safe"},
        Picture("cup", "#2f6b55"),
        goes_with=("RP-104", "RP-501"),
    ),
    Item(
        "RP-402",
        SHELF.name,
        "Stoneware Mug, Hutan",
        "45.00",
        70,
        "Thrown by hand in Kuala Selangor and glazed in the green of wet leaves. No two runs of "
        "glaze are alike.",
        {"Size": "320 ml", "Material": "Stoneware", "Care": "Dishwasher safe"},
        Picture("mug", "#5f7f74"),
        goes_with=("RP-102", "RP-404"),
    ),
    Item(
        "RP-403",
        SHELF.name,
        "Enamel Tiffin, Three Tiers",
        "95.00",
        30,
        "Rice, curry and something sweet, each on its own floor. The clasps are steel and the "
        "flowers are stamped by hand.",
        {"Size": "3 × 550 ml", "Material": "Enamelled steel", "Care": "Hand wash"},
        Picture("tiffin", "#3c6f9c"),
        goes_with=("RP-404",),
    ),
    Item(
        "RP-404",
        SHELF.name,
        "Tea Towels, Indigo",
        "32.00",
        88,
        "Block-printed cotton that gets softer every week. One flowered, one plain.",
        {"Size": "50 × 70 cm, set of 2", "Material": "Cotton", "Care": "Wash at 40 °C"},
        Picture("towel", "#2d4f7c"),
    ),
    Item(
        "RP-405",
        SHELF.name,
        "Enamel Teapot",
        "79.00",
        5,
        "A round pot for six small cups, with a strainer behind the spout and a lid that stays "
        "put.",
        {"Size": "1.1 litres", "Material": "Enamelled steel", "Care": "Hand wash"},
        Picture("teapot", "#f2ead8"),
        goes_with=("RP-201", "RP-203"),
    ),
    Item(
        "RP-406",
        SHELF.name,
        "Granite Mortar",
        "79.00",
        26,
        "Six kilos of granite for sambal, spice and green peppercorns. It does not wander across "
        "the table.",
        {"Size": "18 cm across", "Material": "Granite", "Care": "Rinse, no soap"},
        Picture("mortar"),
    ),
)
