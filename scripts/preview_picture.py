"""Draw the picture of the preview card: ``python scripts/preview_picture.py``.

A wrapped gift that is handed on, without words, so that it needs no translation. It is drawn four
times as large as it is kept, which smooths its edges.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).resolve().parent.parent / (
    "oscar_referrals/static/oscar_referrals/preview.png"
)
WIDTH, HEIGHT, FINER = 1200, 630, 4
TOP, BOTTOM = (15, 76, 92), (28, 124, 125)
BOX, LID, RIBBON, SHADE = (255, 246, 230), (255, 255, 255), (242, 132, 92), (226, 214, 192)
HOLE = (21, 92, 104)
BEANS = ((150, 130, 34), (1060, 150, 26), (1010, 480, 40), (230, 500, 24), (90, 330, 18))


def draw() -> Image.Image:
    """The picture in its final size."""
    picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER))
    pen = ImageDraw.Draw(picture)
    for y in range(picture.height):
        share = y / picture.height
        pen.line(
            [(0, y), (picture.width, y)],
            fill=tuple(round(a + (b - a) * share) for a, b in zip(TOP, BOTTOM, strict=True)),
        )
    for x, y, radius in BEANS:
        circle(pen, x, y, radius, (47, 145, 145))
    box(pen)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def box(pen: ImageDraw.ImageDraw) -> None:
    """The gift with its ribbon and bow."""
    rectangle(pen, 420, 292, 780, 540, BOX, 18)
    rectangle(pen, 420, 292, 780, 320, SHADE, 0)
    rectangle(pen, 396, 226, 804, 306, LID, 16)
    rectangle(pen, 566, 226, 634, 540, RIBBON, 0)
    for left in (True, False):
        loop(pen, left)
    circle(pen, 600, 214, 30, (214, 103, 66))


def loop(pen: ImageDraw.ImageDraw, left: bool) -> None:
    """One half of the bow."""
    side = -1 if left else 1
    outer = [(600, 200), (600 + side * 126, 117), (600 + side * 162, 201), (600, 232)]
    pen.polygon([(x * FINER, y * FINER) for x, y in outer], fill=RIBBON)
    circle(pen, 600 + side * 146, 158, 46, RIBBON)
    circle(pen, 600 + side * 142, 160, 20, HOLE)


def circle(pen: ImageDraw.ImageDraw, x: int, y: int, radius: int, fill: tuple[int, ...]) -> None:
    """A filled circle around a point of the final picture."""
    edges = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse([edge * FINER for edge in edges], fill=fill)


def rectangle(
    pen: ImageDraw.ImageDraw,
    left: int,
    top: int,
    right: int,
    bottom: int,
    fill: tuple[int, ...],
    radius: int,
) -> None:
    """A filled rectangle with round corners."""
    edges = [edge * FINER for edge in (left, top, right, bottom)]
    pen.rounded_rectangle(edges, radius=radius * FINER, fill=fill)


if __name__ == "__main__":
    draw().save(OUT, optimize=True)
