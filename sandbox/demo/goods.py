"""What Rimba Pagi sells."""

from __future__ import annotations

from dataclasses import dataclass, field

from .pictures.draw import Inside, Picture


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


COFFEE, TEA, BREWING, TABLE, PANTRY = "Coffee", "Tea", "Brewing", "Cups & table", "Pantry & gifts"

SHELVES = (
    Shelf(
        COFFEE, "Coffee", "coffee", "Roasted on Tuesdays and Fridays, sent the day after.", "RP-101"
    ),
    Shelf(
        TEA,
        "Tea",
        "tea",
        "Leaves, flowers and roots, most of them grown above a thousand metres.",
        "RP-201",
    ),
    Shelf(
        BREWING,
        "Brewing gear",
        "brewing",
        "Tools that do one thing well, and that can be repaired.",
        "RP-301",
    ),
    Shelf(TABLE, "Tableware", "table", "What stands on the table while the water boils.", "RP-401"),
    Shelf(
        PANTRY, "Pantry", "pantry", "Sweet things for the toast, and boxes to give away.", "RP-503"
    ),
)

ITEMS = (
    Item(
        "RP-101",
        COFFEE,
        "Johor Liberica",
        "42.00",
        60,
        "A full, winy cup with jackfruit and dark honey. Liberica is the bean the southern "
        "kopitiams grew up with; ours comes from three smallholders near Kluang, who dry it "
        "whole in the sun.",
        {
            "Weight": "250 g, whole bean",
            "Origin": "Kluang, Johor",
            "Roast": "Medium",
            "Tastes of": "Jackfruit, honey, cedar",
        },
        Picture("pouch", "#7a3b22", ("Johor Liberica", "250 g · whole bean", "hills")),
        Inside("beans", "#5a3620"),
        ("RP-301", "RP-401"),
    ),
    Item(
        "RP-102",
        COFFEE,
        "Pagi House Blend",
        "34.00",
        140,
        "The one we drink ourselves before opening. Two parts arabica for sweetness and one part "
        "robusta for backbone: it stands up to milk and forgives a hurried hand.",
        {
            "Weight": "250 g, whole bean",
            "Origin": "Sabah and Sumatra",
            "Roast": "Medium dark",
            "Tastes of": "Cocoa, toasted almond, palm sugar",
        },
        Picture("pouch", "#2f5d46", ("Pagi", "250 g · whole bean", "sun")),
        Inside("beans", "#4a2b1a"),
        ("RP-303", "RP-302"),
    ),
    Item(
        "RP-103",
        COFFEE,
        "Gayo Highland Natural",
        "46.00",
        48,
        "Dried in its own cherry on the slopes above Lake Laut Tawar. Heavy and sweet, with red "
        "fruit on top; at its best as a slow filter.",
        {
            "Weight": "250 g, whole bean",
            "Origin": "Aceh, Sumatra",
            "Roast": "Light",
            "Tastes of": "Red plum, cinnamon, molasses",
        },
        Picture("pouch", "#a03d34", ("Gayo Natural", "250 g · whole bean", "flower")),
        Inside("beans", "#6b4127"),
        ("RP-301", "RP-305"),
    ),
    Item(
        "RP-104",
        COFFEE,
        "Kopi O Kampung",
        "18.00",
        200,
        "Robusta roasted with a little butter and sugar until it smokes, then ground for the "
        "sock. Black, thick and cheerful, with condensed milk if you like.",
        {
            "Weight": "500 g, ground",
            "Origin": "Johor and Pahang",
            "Roast": "Very dark",
            "Tastes of": "Caramel, smoke, butter",
        },
        Picture("pouch", "#2c2320", ("Kopi O", "500 g · ground", "cup")),
        Inside("powder", "#3b2417"),
        ("RP-304", "RP-401"),
    ),
    Item(
        "RP-105",
        COFFEE,
        "Kopi Susu Sachets",
        "24.00",
        120,
        "Coffee, milk and a spoon of gula melaka in one sachet, for the office and the night "
        "train. Add hot water, wait, stir.",
        {
            "Weight": "12 sachets of 22 g",
            "Origin": "Blended in Shah Alam",
            "Roast": "Dark",
            "Tastes of": "Palm sugar, cream",
        },
        Picture("box", "#a8562f", ("Kopi Susu", "12 sachets", "cup")),
    ),
    Item(
        "RP-106",
        COFFEE,
        "Mountain Decaf",
        "44.00",
        0,
        "Decaffeinated with spring water, so that the evening cup tastes of coffee and nothing "
        "else. Roasted in small batches and often sold out.",
        {
            "Weight": "250 g, whole bean",
            "Origin": "Ranau, Sabah",
            "Roast": "Medium",
            "Tastes of": "Milk chocolate, orange",
        },
        Picture("pouch", "#51607f", ("Decaf", "250 g · whole bean", "hills")),
        Inside("beans", "#6f4a2f"),
    ),
    Item(
        "RP-201",
        TEA,
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
        TEA,
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
        TEA,
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
        TEA,
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
        TEA,
        "Ginger & Serai Infusion",
        "18.50",
        110,
        "Bentong ginger and lemongrass, cut fine and packed in twenty unbleached bags. For rain, "
        "and for throats.",
        {"Weight": "20 bags", "Origin": "Bentong, Pahang", "Steep": "6 minutes at the boil"},
        Picture("box", "#c7842f", ("Halia & Serai", "20 bags", "leaf")),
    ),
    Item(
        "RP-301",
        BREWING,
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
        BREWING,
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
        BREWING,
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
        BREWING,
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
        BREWING,
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
    Item(
        "RP-401",
        TABLE,
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
        TABLE,
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
        TABLE,
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
        TABLE,
        "Tea Towels, Indigo",
        "32.00",
        88,
        "Block-printed cotton that gets softer every week. One flowered, one plain.",
        {"Size": "50 × 70 cm, set of 2", "Material": "Cotton", "Care": "Wash at 40 °C"},
        Picture("towel", "#2d4f7c"),
    ),
    Item(
        "RP-405",
        TABLE,
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
        TABLE,
        "Granite Mortar",
        "79.00",
        26,
        "Six kilos of granite for sambal, spice and green peppercorns. It does not wander across "
        "the table.",
        {"Size": "18 cm across", "Material": "Granite", "Care": "Rinse, no soap"},
        Picture("mortar"),
    ),
    Item(
        "RP-501",
        PANTRY,
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
        PANTRY,
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
        PANTRY,
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
