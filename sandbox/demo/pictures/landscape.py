"""The wide pictures of the website: hills at dawn, and the roastery's shelf."""

from __future__ import annotations

from random import Random

from PIL import Image

from .canvas import Canvas, colour, curve, lit, sag
from .scenery import leaf

ASPECT = 2.2


def hills_at_dawn(seed: int = 7) -> Image.Image:
    """Rows of tea on misty hills under a low sun."""
    random = Random(seed)
    canvas = Canvas(size=900, aspect=ASPECT)
    edge = 1000 * ASPECT
    canvas.fill(
        canvas.rectangle(0, 0, edge, 1000),
        colour("#f7d9b0"),
        ((0, -0.04), (0.35, 0.2), (0.6, 0.45), (1, 0.2)),
        downwards=True,
    )
    canvas.blurred(canvas.ellipse(edge * 0.7, 590, 320, 320), 90, (255, 236, 190), 0.9)
    canvas.fill(canvas.ellipse(edge * 0.7, 600, 118, 118), colour("#fbe7b4"))
    layers = (
        (650, "#c9c7a4", 70),
        (710, "#9fb48d", 80),
        (780, "#6f9873", 80),
        (860, "#44785a", 70),
        (940, "#2b5a43", 50),
    )
    for base, tint, height in layers:
        points = [
            (x, base - random.uniform(0, height))
            for x in (
                -120,
                edge * 0.14,
                edge * 0.3,
                edge * 0.46,
                edge * 0.62,
                edge * 0.8,
                edge * 0.94,
                edge + 120,
            )
        ]
        ridge = curve(points, closed=False)
        hill = canvas.polygon([*ridge, (edge + 120, 1000), (-120, 1000)])
        canvas.fill(hill, colour(tint), ((0, 0.16), (1, -0.1)), downwards=True)
        if base >= 780:
            for step in range(1, 9):
                row = [(x, y + step * step * 4.2 + 10) for x, y in ridge[::4]]
                canvas.fill(
                    canvas.line(row, 4 + step * 0.7),
                    lit(colour(tint), -0.22),
                    opacity=0.55,
                    within=hill,
                )
        mist = canvas.polygon(
            [(x, y + 60) for x, y in ridge] + [(x, y + 130) for x, y in ridge[::-1]]
        )
        canvas.blurred(mist, 34, (255, 246, 228), 0.3)
    for index, turn in enumerate((-2.5, -2.15, -1.8, -1.5)):
        leaf(canvas, edge + 20, 1030, 420 + index * 30, turn, lit(colour("#1f4733"), 0.05 * index))
    for index, turn in enumerate((-0.35, -0.7, -1.05)):
        leaf(canvas, -20, 1040, 330 + index * 26, turn, lit(colour("#1f4733"), 0.06 * index))
    return canvas.finished()


def bird(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A distant bird."""
    wings = [
        (x - size, y - size * 0.4),
        (x - size * 0.4, y - size * 0.5),
        (x, y),
        (x + size * 0.4, y - size * 0.5),
        (x + size, y - size * 0.35),
    ]
    canvas.fill(canvas.line(wings, 4), colour("#6b5a44"))


def morning_table(seed: int = 11) -> Image.Image:
    """A square picture for the shop's story: a hill seen through the window of a kitchen."""
    random = Random(seed)
    canvas = Canvas(size=900)
    canvas.fill(canvas.rectangle(0, 0, 1000, 1000), colour("#e8d3b5"), ((0, 0.15), (1, -0.05)))
    frame = canvas.rectangle(140, 90, 860, 700, radius=14)
    canvas.blurred(frame, 16, (70, 48, 30), 0.4)
    canvas.fill(frame, colour("#8a5a34"), ((0, 0.1), (1, -0.2)))
    view = canvas.rectangle(176, 126, 824, 664, radius=6)
    canvas.fill(view, colour("#f9e2ba"), ((0, 0.1), (1, 0.4)), downwards=True)
    canvas.fill(canvas.ellipse(610, 330, 76, 76), colour("#f7c978"), within=view)
    for base, tint in ((430, "#a9bd94"), (510, "#6f9873"), (590, "#3f7355")):
        points = [(x, base - random.uniform(0, 70)) for x in range(60, 1000, 150)]
        hill = canvas.polygon([*curve(points, closed=False), (1000, 1000), (0, 1000)])
        canvas.fill(hill, colour(tint), ((0, 0.1), (1, -0.05)), downwards=True, within=view)
    for x, y in ((330, 240), (400, 280), (290, 300)):
        bird(canvas, x, y, 22)
    canvas.fill(canvas.rectangle(490, 110, 510, 690), colour("#8a5a34"), ((0, 0.1), (1, -0.2)))
    canvas.fill(canvas.rectangle(110, 690, 890, 728, radius=8), colour("#9c6b40"))
    canvas.fill(
        canvas.rectangle(0, 800, 1000, 1000),
        colour("#b98a5a"),
        ((0, 0.1), (1, -0.12)),
        downwards=True,
    )
    canvas.shadow(300, 884, 110)
    pot = canvas.blob(
        [(196, 700), (210, 840), (240, 884), (360, 884), (390, 840), (404, 700), (300, 690)]
    )
    for turn in (-2.4, -2.05, -1.7, -1.4, -1.05, -0.7):
        leaf(
            canvas,
            300,
            710,
            random.uniform(230, 320),
            turn,
            lit(colour("#3f6b45"), random.uniform(-0.1, 0.2)),
        )
    canvas.fill(pot, colour("#c4724c"), ((0, 0.12), (0.3, 0.1), (1, -0.3)))
    canvas.shadow(660, 884, 120)
    mug = canvas.polygon([(560, 660), *sag(570, 750, 860, 26), (760, 660)])
    canvas.fill(canvas.ring(770, 760, 66, 66, 22), colour("#f7f1e6"))
    canvas.fill(mug, colour("#f7f1e6"), ((0, 0.1), (0.3, 0.1), (1, -0.25)))
    canvas.fill(canvas.rectangle(540, 780, 780, 800), colour("#2f5d46"), within=mug)
    canvas.fill(canvas.ellipse(660, 660, 100, 24), colour("#3d2414"))
    for offset in (-18, 20):
        thread = [
            (660 + offset, 630),
            (672 + offset, 580),
            (650 + offset, 530),
            (668 + offset, 480),
        ]
        canvas.blurred(canvas.line(thread, 12), 8, (255, 255, 255), 0.75)
    return canvas.finished()
