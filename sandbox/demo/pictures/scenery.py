"""What stands around a product: wall and table, leaves, steam, scattered things."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Colour, around, colour, lit

#: Wall, table and leaf colours per kind of product: related, never the same.
SCENES: dict[str, tuple[str, str, str]] = {
    "coffee": ("#f0ddc4", "#e0bf9a", "#c99f74"),
    "tea": ("#dfe7d0", "#c6d3ae", "#9db683"),
    "brewing": ("#e9e2d8", "#d5c6b2", "#b7a68f"),
    "table": ("#dbe6e6", "#bed0d0", "#93b1b0"),
    "pantry": ("#f6e3c0", "#ebc98f", "#d3a55f"),
}


def leaf(
    canvas: Canvas, x: float, y: float, length: float, turn: float, base: Colour, opacity: float = 1
) -> None:
    """A long leaf with a midrib, growing from ``x``, ``y`` towards ``turn``."""

    def at(along: float, across: float) -> tuple[float, float]:
        return (
            x + length * (along * math.cos(turn) - across * math.sin(turn)),
            y + length * (along * math.sin(turn) + across * math.cos(turn)),
        )

    outline = [at(0, 0), at(0.25, 0.13), at(0.6, 0.15), at(1, 0), at(0.6, -0.15), at(0.25, -0.13)]
    canvas.fill(canvas.blob(outline), base, ((0, 0.08), (1, -0.1)), opacity=opacity)
    rib = canvas.line([at(0.04, 0), at(0.92, 0)], max(length * 0.012, 2), smooth=False)
    canvas.fill(rib, lit(base, 0.25), opacity=opacity)


def backdrop(canvas: Canvas, kind: str, random: Random) -> None:
    """Wall with a low sun, leaves at one side, and the table that the product stands on."""
    wall, table, green = (colour(code) for code in SCENES[kind])
    edge = canvas.width / canvas.height * 1000
    canvas.fill(canvas.rectangle(0, 0, edge, 1000), wall, ((0, 0.3), (1, -0.02)), downwards=True)
    sun_x = random.choice((0.32, 0.68)) * edge
    canvas.fill(canvas.ellipse(sun_x, 400, 330, 330), lit(wall, 0.45), opacity=0.75)
    side = 1 if sun_x < edge / 2 else -1
    foot = edge if side == 1 else 0
    for index in range(5):
        turn = -math.pi / 2 - side * (0.2 + index * 0.27) + random.uniform(-0.08, 0.08)
        leaf(
            canvas,
            foot,
            800 - index * 18,
            random.uniform(330, 470),
            turn,
            lit(green, 0.2 - index * 0.06),
            opacity=0.6,
        )
    canvas.fill(
        canvas.rectangle(0, 748, edge, 1000), table, ((0, 0.16), (1, -0.06)), downwards=True
    )
    canvas.fill(canvas.rectangle(0, 748, edge, 754), lit(table, 0.35))


def steam(canvas: Canvas, x: float, y: float, height: float = 190) -> None:
    """Two threads of steam rising from ``x``, ``y``."""
    for offset, sway in ((-22, 20), (24, -18)):
        thread = [
            (x + offset, y),
            (x + offset + sway, y - height * 0.33),
            (x + offset - sway, y - height * 0.66),
            (x + offset + sway * 0.6, y - height),
        ]
        canvas.blurred(canvas.line(thread, 13), 9, (255, 255, 255), 0.6)


def bean(canvas: Canvas, x: float, y: float, size: float, turn: float, base: Colour) -> None:
    """One roasted bean with its crease."""
    canvas.fill(
        canvas.polygon(around(x + 3, y + 6, size, size * 0.68, turn)), (40, 24, 14), opacity=0.4
    )
    body = canvas.fill(
        canvas.polygon(around(x, y, size, size * 0.66, turn)),
        base,
        ((0, 0.16), (0.5, 0), (1, -0.25)),
    )
    cos, sin = math.cos(turn), math.sin(turn)
    crease = [
        (x + size * a * cos - size * b * sin, y + size * a * sin + size * b * cos)
        for a, b in ((-0.95, 0.05), (-0.3, -0.12), (0.3, 0.12), (0.95, -0.05))
    ]
    canvas.fill(canvas.line(crease, size * 0.15), lit(base, -0.5), within=body)
