"""Things in bags, tins, boxes and jars, all with the shop's label."""

from __future__ import annotations

import math

from PIL import Image

from .canvas import FLAT, ROUND, Canvas, Colour, around, colour, curve, lit, sag
from .scenery import leaf

CREAM = colour("#fbf3e3")
INK = colour("#2c2018")
BRAND = "RIMBA PAGI"


def emblem(canvas: Canvas, motif: str, x: float, y: float, size: float, base: Colour) -> None:
    """A small sign for what is inside."""
    if motif == "leaf":
        for turn in (-2.2, -1.57, -0.94):
            leaf(canvas, x, y + size * 0.55, size * 1.15, turn, base)
    elif motif == "sun":
        canvas.fill(canvas.ellipse(x, y, size * 0.36, size * 0.36), base)
        for step in range(12):
            angle = step * math.pi / 6
            inner, outer = size * 0.48, size * 0.68
            ray = [
                (x + inner * math.cos(angle), y + inner * math.sin(angle)),
                (x + outer * math.cos(angle), y + outer * math.sin(angle)),
            ]
            canvas.fill(canvas.line(ray, size * 0.07, smooth=False), base)
    elif motif == "flower":
        for step in range(5):
            angle = step * math.tau / 5 - math.pi / 2
            petal = around(
                x + size * 0.34 * math.cos(angle),
                y + size * 0.34 * math.sin(angle),
                size * 0.34,
                size * 0.22,
                angle,
            )
            canvas.fill(canvas.polygon(petal), base)
        canvas.fill(canvas.ellipse(x, y, size * 0.14, size * 0.14), colour("#f4cf6a"))
    elif motif == "hills":
        ground = canvas.ellipse(x, y, size * 0.7, size * 0.7)
        canvas.fill(ground, lit(base, 0.62))
        canvas.fill(
            canvas.ellipse(x + size * 0.2, y - size * 0.2, size * 0.18, size * 0.18),
            colour("#f0b85c"),
            within=ground,
        )
        for drop, shade in ((0.02, 0.3), (0.25, 0.0)):
            ridge = curve(
                [
                    (x - size, y + size * (0.25 + drop)),
                    (x - size * 0.4, y + size * (drop - 0.12)),
                    (x + size * 0.05, y + size * (0.2 + drop)),
                    (x + size * 0.5, y + size * drop),
                    (x + size, y + size * (0.3 + drop)),
                ],
                closed=False,
            )
            canvas.fill(
                canvas.polygon([*ridge, (x + size, y + size), (x - size, y + size)]),
                lit(base, shade),
                within=ground,
            )
    elif motif == "cup":
        bowl = [
            (x - size * 0.5, y - size * 0.2),
            (x + size * 0.5, y - size * 0.2),
            (x + size * 0.32, y + size * 0.45),
            (x - size * 0.32, y + size * 0.45),
        ]
        canvas.fill(canvas.polygon(bowl), base)
        canvas.fill(
            canvas.ring(x + size * 0.5, y + size * 0.06, size * 0.2, size * 0.2, size * 0.09), base
        )
        for shift in (-0.18, 0.08):
            thread = [
                (x + size * shift, y - size * 0.3),
                (x + size * (shift + 0.08), y - size * 0.45),
                (x + size * shift, y - size * 0.62),
            ]
            canvas.fill(canvas.line(thread, size * 0.07), base)


def label(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    name: str,
    note: str,
    motif: str,
    accent: Colour,
    within: Image.Image | None = None,
) -> None:
    """The paper label: emblem, name, note."""
    left, top, right, bottom = box
    x, width, height = (left + right) / 2, right - left, bottom - top
    canvas.fill(
        canvas.rectangle(*box, radius=8), CREAM, ((0, 0), (0.3, 0.2), (1, -0.1)), within=within
    )
    canvas.text(x, top + height * 0.1, BRAND, width * 0.072, accent, spacing=width * 0.018)
    emblem(canvas, motif, x, top + height * 0.4, height * 0.22, accent)
    size = min(width * 0.15, width * 1.45 / max(len(name), 1))
    canvas.text(x, top + height * 0.72, name, size, INK)
    canvas.fill(
        canvas.rectangle(
            x - width * 0.12, top + height * 0.805, x + width * 0.12, top + height * 0.815
        ),
        accent,
    )
    canvas.text(x, top + height * 0.89, note, width * 0.07, lit(INK, 0.25))


def pouch(canvas: Canvas, base: Colour, name: str, note: str, motif: str) -> None:
    """A stand-up bag with a crimped top."""
    canvas.shadow(500, 842, 205)
    body = canvas.polygon(
        [
            (322, 246),
            (678, 246),
            *curve([(678, 246), (690, 520), (706, 832)], closed=False),
            *sag(706, 294, 832, 22),
            *curve([(294, 832), (310, 520), (322, 246)], closed=False),
        ]
    )
    canvas.fill(
        body, base, ((0, -0.22), (0.1, 0.08), (0.3, 0.1), (0.7, -0.06), (0.92, -0.2), (1, -0.32))
    )
    top = canvas.rectangle(322, 222, 678, 280, radius=4)
    canvas.fill(top, lit(base, -0.06), ((0, -0.18), (0.3, 0.14), (1, -0.25)))
    for step in range(6):
        canvas.fill(
            canvas.rectangle(322, 230 + step * 8, 678, 232 + step * 8),
            lit(base, -0.35),
            opacity=0.35,
            within=top,
        )
    for left in (True, False):
        fold = (
            [(330, 282), (352, 560), (322, 832)] if left else [(670, 282), (650, 560), (678, 832)]
        )
        canvas.blurred(
            canvas.line(fold, 12), 7, (255, 255, 255) if left else (30, 20, 12), 0.25, within=body
        )
    canvas.fill(canvas.ellipse(500, 318, 13, 13), lit(base, -0.35))
    canvas.fill(canvas.ellipse(500, 317, 9, 9), lit(base, 0.12))
    label(canvas, (368, 370, 632, 748), name, note, motif, base)


def tin(canvas: Canvas, base: Colour, name: str, note: str, motif: str) -> None:
    """A round tin with a lid."""
    canvas.shadow(500, 838, 195, 32)
    body = canvas.polygon([(318, 330), *sag(318, 682, 816, 42), (682, 330)])
    canvas.fill(body, base, ROUND)
    band = canvas.polygon([*sag(318, 682, 448, 42), *sag(682, 318, 738, 42)])
    canvas.fill(band, CREAM, ROUND)
    for y in (462, 752):
        rim = sag(318, 682, y - 14, 42)
        canvas.fill(canvas.line(rim, 6, smooth=False), colour("#c9973f"), within=body)
    canvas.text(500, 522, BRAND, 22, base, spacing=5)
    emblem(canvas, motif, 500, 594, 58, base)
    canvas.text(500, 682, name, min(42, 430 / len(name)), INK)
    canvas.text(500, 726, note, 20, lit(INK, 0.25))
    lid = canvas.polygon([(308, 300), *sag(308, 692, 378, 44), (692, 300)])
    canvas.blurred(
        canvas.polygon([(318, 392), (500, 430), (682, 392), (682, 420), (500, 452), (318, 420)]),
        8,
        (30, 20, 12),
        0.4,
        within=body,
    )
    canvas.fill(lid, lit(base, -0.1), ROUND)
    canvas.fill(canvas.ellipse(500, 300, 192, 42), lit(base, 0.16), FLAT)
    canvas.fill(canvas.ring(500, 300, 170, 34, 4), lit(base, -0.15))
    canvas.fill(canvas.ellipse(500, 292, 34, 12), colour("#c9973f"), ROUND)


def box(canvas: Canvas, base: Colour, name: str, note: str, motif: str) -> None:
    """A carton seen a little from its right."""
    canvas.shadow(520, 842, 235)
    front, side = (300, 330, 640, 846), [(640, 330), (740, 292), (740, 800), (640, 846)]
    canvas.fill(canvas.polygon([(300, 330), (640, 330), (740, 292), (408, 292)]), lit(base, 0.28))
    canvas.fill(canvas.polygon(side), lit(base, -0.3), FLAT)
    canvas.fill(canvas.rectangle(*front, radius=4), base, FLAT)
    canvas.fill(canvas.rectangle(300, 330, 640, 350), lit(base, 0.22))
    canvas.fill(canvas.line([(470, 330), (574, 292)], 3, smooth=False), lit(base, -0.15))
    label(canvas, (338, 400, 602, 790), name, note, motif, base)


def jar(canvas: Canvas, base: Colour, name: str, note: str, motif: str) -> None:
    """A glass jar under a cloth cap."""
    canvas.shadow(500, 842, 190)
    glass = canvas.blob(
        [
            (340, 430),
            (322, 500),
            (322, 760),
            (344, 842),
            (500, 854),
            (656, 842),
            (678, 760),
            (678, 500),
            (660, 430),
            (500, 418),
        ]
    )
    canvas.fill(glass, base, ROUND)
    canvas.fill(canvas.rectangle(322, 400, 678, 466), lit(base, 0.55), opacity=0.55, within=glass)
    label(canvas, (368, 520, 632, 800), name, note, motif, colour("#3f6b45"), within=glass)
    canvas.fill(
        canvas.line([(346, 500), (340, 620), (348, 780)], 13),
        (255, 255, 255),
        opacity=0.55,
        within=glass,
    )
    cloth = canvas.blob(
        [
            (352, 320),
            (500, 296),
            (648, 320),
            (686, 440),
            (640, 424),
            (590, 452),
            (540, 428),
            (500, 454),
            (452, 428),
            (408, 452),
            (360, 424),
            (314, 440),
        ]
    )
    canvas.fill(cloth, colour("#c4503c"), ROUND)
    for column in range(330, 700, 44):
        canvas.fill(
            canvas.rectangle(column, 280, column + 20, 470), CREAM, opacity=0.55, within=cloth
        )
    for row in range(300, 460, 40):
        canvas.fill(canvas.rectangle(300, row, 700, row + 16), CREAM, opacity=0.4, within=cloth)
    string = curve([(346, 384), (420, 400), (500, 404), (580, 400), (654, 384)], closed=False)
    canvas.fill(canvas.line(string, 9), colour("#8a5a2b"))
    for x, y in ((470, 420), (534, 418)):
        canvas.fill(canvas.ring(x, y, 27, 17, 7), colour("#8a5a2b"))
