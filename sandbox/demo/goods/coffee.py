"""Coffee, whole and ground."""

from __future__ import annotations

from ..pictures.draw import Inside, Picture
from .shelf import Item, Shelf

SHELF = Shelf(
    "Coffee", "Coffee", "coffee", "Roasted on Tuesdays and Fridays, sent the day after.", "RP-101"
)

ITEMS = (
    Item(
        "RP-101",
        SHELF.name,
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
        SHELF.name,
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
        SHELF.name,
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
        SHELF.name,
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
        SHELF.name,
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
        SHELF.name,
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
)
