"""Cups, mugs, pots and bowls."""

from __future__ import annotations

import math
from random import Random

from .canvas import FLAT, ROUND, Canvas, Colour, colour, curve, lit, sag
from .packs import emblem
from .scenery import steam

STEEL = colour("#c3c7c6")
COFFEE = colour("#3d2414")


def cup(canvas: Canvas, accent: Colour) -> None:
    """The kopitiam's thick cup on its saucer."""
    china = colour("#fbf8f1")
    canvas.shadow(500, 826, 300, 34)
    canvas.fill(canvas.ellipse(500, 806, 296, 56), lit(china, -0.12), ROUND)
    canvas.fill(canvas.ellipse(500, 796, 296, 54), china, FLAT)
    canvas.fill(canvas.ring(500, 796, 276, 47, 7), accent)
    canvas.blurred(canvas.ellipse(520, 798, 150, 24), 12, (60, 40, 26), 0.5)
    canvas.fill(canvas.ring(698, 590, 92, 88, 34), china, ROUND)
    body = canvas.polygon(
        [
            (304, 478),
            *curve(
                [
                    (304, 478),
                    (318, 640),
                    (380, 760),
                    (420, 794),
                    (500, 802),
                    (580, 794),
                    (620, 760),
                    (682, 640),
                    (696, 478),
                ],
                closed=False,
            ),
        ]
    )
    canvas.fill(body, china, ROUND)
    for y in (530, 548):
        stripe = curve(
            [(296, y - 8), (400, y + 22), (500, y + 30), (600, y + 22), (704, y - 8)], closed=False
        )
        canvas.fill(canvas.line(stripe, 6), accent, within=body)
    for x, y, size in ((500, 668, 62), (404, 636, 44), (596, 636, 44)):
        emblem(canvas, "flower", x, y, size, accent)
    canvas.fill(canvas.ellipse(500, 478, 196, 54), lit(china, 0.4))
    canvas.fill(canvas.ellipse(500, 486, 178, 44), COFFEE, ((0, 0.08), (1, -0.15)))
    canvas.fill(canvas.ring(500, 486, 178, 44, 7), lit(COFFEE, 0.35), opacity=0.7)
    steam(canvas, 500, 440)


def mug(canvas: Canvas, glaze: Colour, random: Random) -> None:
    """A stoneware mug, glazed above and bare below."""
    clay = colour("#b98a63")
    canvas.shadow(490, 836, 190)
    canvas.fill(canvas.ring(690, 600, 112, 122, 40), glaze, ROUND)
    body = canvas.polygon([(304, 400), *sag(308, 672, 800, 50), (676, 400)])
    canvas.fill(body, clay, ROUND)
    drip = curve(
        [
            (290, 700),
            (340, 724),
            (390, 700),
            (450, 742),
            (520, 712),
            (580, 734),
            (640, 704),
            (690, 716),
        ],
        closed=False,
    )
    glazed = canvas.polygon([(290, 380), *drip, (690, 380)])
    canvas.fill(glazed, glaze, ROUND, within=body)
    for __ in range(150):
        x, y, size = random.uniform(310, 670), random.uniform(430, 840), random.uniform(1.5, 4)
        canvas.fill(canvas.ellipse(x, y, size, size), lit(glaze, -0.5), opacity=0.5, within=body)
    canvas.fill(canvas.ellipse(490, 400, 186, 48), lit(glaze, 0.2))
    canvas.fill(canvas.ellipse(490, 408, 168, 38), lit(glaze, -0.45), ((0, -0.2), (1, 0.15)))
    canvas.fill(canvas.ellipse(490, 418, 152, 30), COFFEE)
    steam(canvas, 490, 366, 160)


def kettle(canvas: Canvas, base: Colour) -> None:
    """A kettle with a gooseneck for pouring slowly."""
    canvas.shadow(490, 838, 220)
    spout = curve([(350, 760), (258, 742), (238, 610), (222, 480), (150, 452)], closed=False)
    canvas.fill(canvas.line(spout, 40), lit(base, -0.08), ((0, 0.1), (1, -0.2)))
    canvas.fill(
        canvas.line([(656, 470), (800, 440), (838, 560), (800, 700)], 40),
        colour("#7a4b2a"),
        ((0, 0.1), (1, -0.2)),
    )
    body = canvas.polygon(
        [
            (384, 430),
            *curve([(384, 430), (318, 640), (292, 812)], closed=False),
            *sag(292, 688, 812, 34),
            *curve([(688, 812), (662, 640), (596, 430)], closed=False),
        ]
    )
    canvas.fill(body, base, ROUND)
    canvas.blurred(
        canvas.line([(412, 470), (366, 640), (350, 790)], 22), 8, (255, 255, 255), 0.45, within=body
    )
    canvas.fill(canvas.ellipse(490, 430, 108, 26), lit(base, -0.28))
    lid = canvas.blob([(388, 424), (430, 388), (490, 378), (550, 388), (592, 424), (490, 446)])
    canvas.fill(lid, base, ROUND)
    canvas.fill(canvas.rectangle(480, 348, 500, 386), STEEL, ROUND)
    canvas.fill(canvas.ellipse(490, 338, 30, 24), colour("#7a4b2a"), ROUND)


def tiffin(canvas: Canvas, base: Colour) -> None:
    """Three enamel boxes in a carrier."""
    canvas.shadow(500, 846, 215)
    for x in (282, 718):
        canvas.fill(canvas.rectangle(x - 9, 300, x + 9, 830, radius=8), STEEL, ROUND)
    arch = [(282, 320), (296, 236), (380, 196), (500, 186), (620, 196), (704, 236), (718, 320)]
    canvas.fill(canvas.line(arch, 18), STEEL, ROUND)
    canvas.fill(canvas.line([(430, 190), (500, 184), (570, 190)], 36), colour("#7a4b2a"))
    for index, top in enumerate((682, 526, 370)):
        shell = canvas.polygon(
            [
                (302, top),
                *curve(
                    [
                        (302, top + 132),
                        (380, top + 158),
                        (500, top + 166),
                        (620, top + 158),
                        (698, top + 132),
                    ],
                    closed=False,
                ),
                (698, top),
            ]
        )
        canvas.fill(shell, base if index % 2 == 0 else colour("#fbf6ea"), ROUND)
        rim = curve(
            [
                (302, top + 126),
                (380, top + 152),
                (500, top + 160),
                (620, top + 152),
                (698, top + 126),
            ],
            closed=False,
        )
        canvas.fill(canvas.line(rim, 9), lit(base, -0.35), within=shell)
        ink = base if index % 2 else colour("#fbf6ea")
        for x in (390, 500, 610):
            emblem(canvas, "flower", x, top + 78 + (14 if x == 500 else 4), 34, ink)
        canvas.fill(canvas.ellipse(500, top, 198, 34), lit(base, -0.3))
    canvas.fill(
        canvas.blob(
            [
                (302, 368),
                (360, 326),
                (500, 306),
                (640, 326),
                (698, 368),
                (620, 396),
                (500, 404),
                (380, 396),
            ]
        ),
        base,
        ROUND,
    )
    canvas.fill(canvas.ellipse(500, 308, 36, 18), STEEL, ROUND)


def teapot(canvas: Canvas, base: Colour) -> None:
    """A round enamel pot with a short spout."""
    rim = lit(base, -0.45)
    canvas.shadow(500, 838, 250)
    spout = canvas.polygon(
        [
            *curve([(680, 560), (744, 560), (786, 500), (800, 436)], closed=False),
            *curve([(856, 424), (842, 540), (800, 650), (690, 740)], closed=False),
        ]
    )
    canvas.fill(spout, base, ROUND)
    canvas.fill(canvas.ellipse(828, 430, 29, 9), rim)
    canvas.fill(canvas.ring(276, 610, 118, 126, 32), base, ROUND)
    body = canvas.blob(
        [
            (500, 424),
            (340, 456),
            (262, 610),
            (300, 770),
            (420, 846),
            (580, 846),
            (700, 770),
            (738, 610),
            (660, 456),
        ]
    )
    canvas.fill(body, base, ROUND)
    canvas.blurred(
        canvas.line([(350, 520), (318, 620), (352, 740)], 24), 9, (255, 255, 255), 0.5, within=body
    )
    canvas.fill(canvas.line([(366, 842), (500, 858), (634, 842)], 12), rim)
    canvas.fill(canvas.ellipse(500, 438, 128, 28), rim)
    canvas.fill(
        canvas.blob([(384, 430), (420, 384), (500, 368), (580, 384), (616, 430), (500, 452)]),
        base,
        ROUND,
    )
    canvas.fill(canvas.ellipse(500, 350, 28, 26), rim, ROUND)
    for x, y, size in ((500, 650, 78), (386, 690, 46), (614, 690, 46)):
        emblem(canvas, "flower", x, y, size, colour("#c4503c"))


def mortar(canvas: Canvas, random: Random) -> None:
    """A granite mortar with its pestle."""
    stone = colour("#6d6a66")
    canvas.shadow(500, 842, 250)
    canvas.fill(canvas.line([(716, 236), (560, 520)], 74, smooth=False), lit(stone, 0.08), ROUND)
    body = canvas.polygon(
        [
            (260, 500),
            *curve(
                [
                    (260, 500),
                    (286, 660),
                    (372, 780),
                    (366, 840),
                    (500, 858),
                    (634, 840),
                    (628, 780),
                    (714, 660),
                    (740, 500),
                ],
                closed=False,
            ),
        ]
    )
    canvas.fill(body, stone, ROUND)
    for __ in range(420):
        x, y, size = random.uniform(262, 738), random.uniform(520, 850), random.uniform(1.5, 4.5)
        canvas.fill(
            canvas.ellipse(x, y, size, size),
            lit(stone, random.choice((0.3, -0.35))),
            opacity=0.55,
            within=body,
        )
    canvas.fill(canvas.ellipse(500, 500, 240, 66), lit(stone, 0.22))
    inside = canvas.fill(
        canvas.ellipse(500, 510, 196, 48), lit(stone, -0.4), ((0, -0.15), (1, 0.12))
    )
    for index in range(9):
        angle = index * math.tau / 9
        canvas.fill(
            canvas.ellipse(490 + 86 * math.cos(angle), 524 + 16 * math.sin(angle), 28, 14),
            colour("#b8402c") if index % 3 else colour("#6f8f46"),
            ROUND,
            within=inside,
        )
    canvas.fill(canvas.line([(600, 446), (560, 520)], 74, smooth=False), lit(stone, 0.08), ROUND)
