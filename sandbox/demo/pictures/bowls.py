"""The second picture of a food: a bowl of what is inside, seen from above."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Colour, around, colour, lit
from .packs import emblem
from .scenery import SCENES, bean, leaf


def bowl(canvas: Canvas, kind: str, content: str, base: Colour, random: Random) -> None:
    """A bowl of ``content`` (beans, leaves, flowers, powder or spread) on a cloth of ``kind``."""
    wall, table, green = (colour(code) for code in SCENES[kind])
    canvas.fill(canvas.rectangle(0, 0, 1000, 1000), table, ((0, 0.3), (1, 0.02)))
    for stripe in range(-2, 12):
        line = [(stripe * 110, 0), (stripe * 110 - 200, 1000)]
        canvas.fill(canvas.line(line, 26, smooth=False), lit(wall, 0.35), opacity=0.5)
    for turn in (2.4, 2.75, 3.1):
        leaf(canvas, 1010, 130, 420, turn, lit(green, -0.05))
    canvas.blurred(canvas.ellipse(525, 540, 350, 350), 26, (58, 40, 26), 0.5)
    china = colour("#f7f1e6")
    canvas.fill(canvas.ellipse(500, 510, 350, 350), china, ((0, 0.3), (1, -0.16)))
    canvas.fill(canvas.ring(500, 510, 340, 340, 8), base, opacity=0.8)
    inside = canvas.fill(
        canvas.ellipse(500, 510, 300, 300), lit(china, -0.25), ((0, -0.2), (1, 0.1))
    )
    depth = canvas.ellipse(500, 510, 288, 288)
    canvas.fill(depth, lit(base, -0.3), within=inside)
    pieces = {"beans": 240, "leaves": 420, "flowers": 42, "powder": 0, "spread": 0}[content]
    for __ in range(pieces):
        reach, angle = 262 * math.sqrt(random.random()), random.uniform(0, math.tau)
        x, y = 500 + reach * math.cos(angle), 510 + reach * math.sin(angle)
        turn = random.uniform(0, math.pi)
        tone = lit(base, random.uniform(-0.22, 0.2))
        if content == "beans":
            bean(canvas, x, y, random.uniform(24, 30), turn, tone)
        elif content == "leaves":
            sliver = around(x, y, random.uniform(16, 34), random.uniform(4, 8), turn, steps=12)
            canvas.fill(canvas.polygon(sliver), tone, within=depth)
        else:
            emblem(canvas, "flower", x, y, random.uniform(52, 68), tone)
    if content == "powder":
        canvas.fill(depth, base, ((0, 0.12), (1, -0.12)))
        for __ in range(900):
            reach, angle = 284 * math.sqrt(random.random()), random.uniform(0, math.tau)
            x, y = 500 + reach * math.cos(angle), 510 + reach * math.sin(angle)
            canvas.fill(
                canvas.ellipse(x, y, 3, 3), lit(base, random.choice((0.2, -0.25))), opacity=0.6
            )
    elif content == "spread":
        canvas.fill(depth, base, ((0, 0.15), (1, -0.1)))
        swirl = [
            (
                500 + (250 - step * 9) * math.cos(step * 0.62),
                510 + (250 - step * 9) * math.sin(step * 0.62),
            )
            for step in range(27)
        ]
        canvas.blurred(canvas.line(swirl, 22), 6, lit(base, 0.55), 0.75, within=depth)
