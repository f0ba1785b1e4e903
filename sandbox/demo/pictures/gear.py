"""Things to brew with, things made of cloth and paper, and things bound with string."""

from __future__ import annotations

import math
from random import Random

from .canvas import FLAT, ROUND, Canvas, Colour, around, colour, curve, lit, sag
from .packs import CREAM, INK, emblem
from .scenery import leaf
from .vessels import COFFEE, STEEL

WOOD = colour("#9c6b40")
LEAF = colour("#5d7f4a")


def dripper(canvas: Canvas, base: Colour) -> None:
    """A ceramic cone with ribs on a glass server."""
    canvas.shadow(490, 846, 190)
    server = canvas.blob(
        [
            (410, 596),
            (404, 640),
            (322, 740),
            (318, 836),
            (490, 856),
            (662, 836),
            (658, 740),
            (576, 640),
            (570, 596),
            (490, 588),
        ]
    )
    canvas.fill(server, colour("#dfe8e6"), ROUND, opacity=0.8)
    canvas.fill(canvas.rectangle(300, 752, 680, 870), COFFEE, ROUND, opacity=0.92, within=server)
    canvas.fill(
        canvas.line([(352, 720), (336, 790)], 12), (255, 255, 255), opacity=0.6, within=server
    )
    canvas.fill(canvas.ring(694, 470, 76, 70, 28), base, ROUND)
    canvas.fill(canvas.ellipse(490, 598, 168, 28), lit(base, -0.1), ROUND)
    canvas.fill(canvas.ellipse(490, 588, 168, 26), base, FLAT)
    cone = canvas.polygon(
        [
            (290, 372),
            *curve(
                [(290, 372), (352, 490), (430, 590), (550, 590), (628, 490), (690, 372)],
                closed=False,
            ),
        ]
    )
    canvas.fill(cone, base, ROUND)
    for step in range(-4, 5):
        rib = [(490 + step * 42, 400), (490 + step * 30, 500), (490 + step * 14, 586)]
        canvas.fill(canvas.line(rib, 5), lit(base, -0.22), opacity=0.5, within=cone)
    canvas.fill(canvas.ellipse(490, 372, 202, 46), lit(base, 0.3))
    inner = canvas.fill(canvas.ellipse(490, 380, 182, 36), colour("#e8dcc6"), FLAT)
    canvas.fill(canvas.ellipse(490, 396, 128, 22), COFFEE, within=inner)
    canvas.fill(canvas.line([(490, 596), (490, 740)], 5, smooth=False), COFFEE, opacity=0.8)


def grinder(canvas: Canvas) -> None:
    """A hand grinder of steel and wood."""
    canvas.shadow(480, 848, 130)
    canvas.fill(canvas.line([(480, 268), (600, 262), (706, 268)], 20), STEEL, FLAT)
    canvas.fill(canvas.rectangle(470, 262, 490, 330), STEEL, ROUND)
    canvas.fill(canvas.line([(706, 268), (706, 232)], 18, smooth=False), STEEL)
    canvas.fill(
        canvas.blob([(676, 226), (684, 170), (706, 156), (728, 170), (736, 226), (706, 238)]),
        WOOD,
        ROUND,
    )
    canvas.fill(canvas.rectangle(378, 322, 582, 380, radius=18), STEEL, ROUND)
    canvas.fill(canvas.rectangle(370, 372, 590, 610, radius=12), STEEL, ROUND)
    canvas.fill(canvas.rectangle(362, 420, 598, 560, radius=10), WOOD, ROUND)
    for y in range(434, 556, 17):
        canvas.fill(canvas.rectangle(362, y, 598, y + 3), lit(WOOD, -0.35), opacity=0.45)
    canvas.fill(canvas.rectangle(376, 606, 584, 622), lit(STEEL, -0.35), ROUND)
    canvas.fill(canvas.rectangle(370, 620, 590, 852, radius=22), lit(STEEL, 0.1), ROUND)
    canvas.text(480, 740, "RIMBA PAGI", 20, lit(STEEL, -0.55), spacing=4)


def sock(canvas: Canvas) -> None:
    """The cotton filter of the kopitiam, hung over its pot."""
    brass, cloth = colour("#c79a4b"), colour("#f1e3c8")
    canvas.shadow(470, 848, 190)
    pot = canvas.polygon([(310, 560), *sag(330, 610, 832, 26), (630, 560)])
    canvas.fill(pot, colour("#b7c9c4"), ROUND)
    canvas.fill(
        canvas.line([(630, 610), (720, 600), (724, 720), (622, 760)], 24), colour("#b7c9c4"), FLAT
    )
    canvas.fill(canvas.ellipse(470, 560, 160, 34), lit(colour("#b7c9c4"), -0.5))
    bag = canvas.blob(
        [(334, 330), (352, 460), (400, 610), (470, 676), (540, 610), (588, 460), (606, 330)]
    )
    front = canvas.polygon(
        [
            (300, 560),
            (300, 860),
            (640, 860),
            (640, 560),
            *curve([(630, 560), (560, 588), (470, 594), (380, 588), (310, 560)], closed=False),
        ]
    )
    canvas.fill(bag, cloth, ROUND)
    canvas.fill(
        canvas.polygon([(380, 520), (560, 520), (500, 690), (440, 690)]),
        COFFEE,
        ((0, 0.2), (1, 0)),
        downwards=True,
        opacity=0.55,
        within=bag,
    )
    for x in (392, 440, 500, 548):
        canvas.fill(
            canvas.line([(x, 350), (470 + (x - 470) * 0.7, 560)], 4),
            lit(cloth, -0.25),
            opacity=0.6,
            within=bag,
        )
    canvas.fill(front, colour("#b7c9c4"), ROUND, within=pot)
    canvas.fill(canvas.line([(600, 330), (740, 300), (852, 262)], 20), brass, FLAT)
    canvas.fill(canvas.line([(760, 294), (852, 262)], 40, smooth=False), WOOD, FLAT)
    canvas.fill(canvas.ellipse(470, 330, 138, 32), COFFEE)
    canvas.fill(canvas.ring(470, 330, 146, 36, 13), brass, ROUND)


def filters(canvas: Canvas, base: Colour) -> None:
    """Cone filters fanned out before their box."""
    canvas.shadow(500, 846, 280)
    canvas.fill(canvas.rectangle(300, 330, 660, 832, radius=6), base, FLAT)
    canvas.fill(canvas.rectangle(300, 330, 660, 430), lit(base, -0.2), FLAT)
    canvas.text(480, 382, "RIMBA PAGI", 26, CREAM, spacing=6)
    emblem(canvas, "cup", 480, 510, 84, CREAM)
    paper = colour("#f8f1e2")
    for index in range(6):
        turn = -0.5 + index * 0.2
        x, y = 420 + index * 44, 856
        points = [(0, 0), (-108, -230), (0, -262), (108, -230)]
        cone = [
            (
                x + px * math.cos(turn) - py * math.sin(turn),
                y + px * math.sin(turn) + py * math.cos(turn),
            )
            for px, py in points
        ]
        shape = canvas.polygon(cone)
        canvas.blurred(shape, 7, (50, 34, 20), 0.22)
        canvas.fill(shape, paper, ((0, 0.2), (1, -0.12)))
        canvas.fill(canvas.line([cone[0], cone[2]], 3, smooth=False), lit(paper, -0.18))


def towel(canvas: Canvas, base: Colour) -> None:
    """Two folded tea towels, printed with flowers."""
    canvas.shadow(500, 846, 270)
    for top, cloth, ink in ((690, CREAM, base), (540, base, CREAM)):
        block = canvas.blob(
            [
                (246, top + 20),
                (254, top + 130),
                (500, top + 146),
                (746, top + 130),
                (754, top + 20),
                (500, top + 30),
            ]
        )
        canvas.fill(block, cloth, ROUND)
        for fold in (52, 84, 114):
            canvas.fill(
                canvas.line([(250, top + fold), (500, top + fold + 16), (750, top + fold)], 4),
                lit(cloth, -0.25),
                within=block,
            )
        if cloth == CREAM:
            canvas.fill(canvas.rectangle(330, top, 390, top + 160), ink, within=block)
    face = canvas.blob([(240, 560), (296, 404), (500, 388), (704, 404), (760, 560), (500, 586)])
    canvas.fill(face, lit(base, 0.08), FLAT)
    for row, count in ((436, 4), (500, 5), (556, 6)):
        for index in range(count):
            x = 500 + (index - (count - 1) / 2) * 92
            emblem(canvas, "flower", x, row, 34, CREAM)
    canvas.fill(canvas.line([(256, 566), (500, 590), (744, 566)], 7), CREAM, opacity=0.8)


def palm_sugar(canvas: Canvas, random: Random) -> None:
    """Rounds of gula melaka, one wrapped in leaf."""
    sugar = colour("#8a4f22")
    canvas.shadow(500, 846, 290)
    for x, top, wrapped in ((366, 640, False), (634, 640, True), (500, 448, False)):
        side = canvas.polygon(
            [
                (x - 132, top),
                *curve([(x - 132, top + 170), (x, top + 206), (x + 132, top + 170)], closed=False),
                (x + 132, top),
            ]
        )
        canvas.fill(side, sugar, ROUND)
        for __ in range(70):
            dx, dy = random.uniform(-128, 128), random.uniform(10, 190)
            canvas.fill(
                canvas.ellipse(x + dx, top + dy, 3, 2), lit(sugar, 0.35), opacity=0.4, within=side
            )
        canvas.fill(canvas.ellipse(x, top, 132, 40), lit(sugar, 0.22), FLAT)
        canvas.fill(canvas.ring(x, top, 110, 31, 5), lit(sugar, -0.1), opacity=0.6)
        if wrapped:
            for shift in (-78, 0, 78):
                canvas.fill(
                    canvas.rectangle(x + shift - 37, top - 40, x + shift + 37, top + 230),
                    lit(LEAF, shift / 500),
                    ROUND,
                    within=side,
                )
            canvas.fill(
                canvas.line([(x - 134, top + 92), (x, top + 124), (x + 134, top + 92)], 9),
                colour("#d9c08a"),
                within=side,
            )
    leaf(canvas, 250, 872, 330, -0.12, LEAF)


def gift_box(canvas: Canvas, base: Colour) -> None:
    """A box with a ribbon, its presents looking out."""
    canvas.shadow(500, 848, 300)
    for x, width, height, tone in (
        (330, 110, 260, "#8a4f2d"),
        (500, 130, 320, "#3f6b45"),
        (664, 116, 240, "#c4503c"),
    ):
        top = 560 - height * 0.62
        canvas.fill(
            canvas.rectangle(x - width / 2, top, x + width / 2, 640, radius=16), colour(tone), ROUND
        )
        canvas.fill(
            canvas.rectangle(x - width * 0.36, top + 60, x + width * 0.36, top + 160, radius=6),
            CREAM,
            ROUND,
        )
        emblem(canvas, "leaf" if x == 500 else "sun", x, top + 108, 34, colour(tone))
        canvas.fill(
            canvas.rectangle(x - width / 2 - 4, top - 14, x + width / 2 + 4, top + 26, radius=8),
            lit(colour(tone), -0.3),
            ROUND,
        )
    straw = colour("#e6cf97")
    for index in range(26):
        x = 236 + index * 21
        canvas.fill(
            canvas.line([(x, 600), (x + 18, 566 + index % 4 * 8), (x + 48, 604)], 5),
            lit(straw, -0.1 * (index % 3)),
        )
    canvas.fill(canvas.polygon([(212, 590), (788, 590), (760, 850), (240, 850)]), base, FLAT)
    canvas.fill(
        canvas.polygon([(200, 584), (800, 584), (797, 634), (204, 634)]), lit(base, 0.14), FLAT
    )
    ribbon = colour("#c4503c")
    canvas.fill(canvas.polygon([(470, 634), (530, 634), (528, 850), (472, 850)]), ribbon, ROUND)
    for turn, x in ((0.5, 434), (-0.5, 566)):
        canvas.fill(canvas.polygon(around(x, 664, 78, 38, turn)), ribbon, ROUND)
        canvas.fill(canvas.polygon(around(x, 666, 44, 17, turn)), lit(ribbon, -0.35))
    canvas.fill(canvas.ellipse(500, 676, 28, 25), lit(ribbon, 0.1), ROUND)
    canvas.text(650, 760, "RIMBA PAGI", 21, lit(INK, 0.1), spacing=4)
