"""A drawing surface with soft light: shapes are masks, filled with shaded colour.

Coordinates run from 0 to 1000 on both axes whatever the size of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, float]]

UNIT = 1000
#: Light on a round body, from its left to its right edge: (position, change of brightness).
ROUND: Stops = ((0, -0.16), (0.22, 0.14), (0.45, 0.02), (0.8, -0.2), (1, -0.3))
#: Light on a flat front.
FLAT: Stops = ((0, 0.05), (1, -0.08))
PLAIN: Stops = ((0, 0), (1, 0))


def colour(code: str) -> Colour:
    """Return the colour of a code such as ``#2f5d46``."""
    return (int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16))


def lit(base: Colour, change: float) -> Colour:
    """Return ``base`` mixed with white (``change`` > 0) or with a warm dark (``change`` < 0)."""
    target = (255, 250, 240) if change > 0 else (34, 22, 14)
    share = abs(change)
    red, green, blue = (round(b + (t - b) * share) for b, t in zip(base, target, strict=True))
    return (red, green, blue)


def curve(points: Sequence[Point], *, closed: bool = True, steps: int = 14) -> list[Point]:
    """Return a smooth line through ``points`` (Catmull-Rom)."""
    count = len(points)
    result: list[Point] = []
    for index in range(count if closed else count - 1):
        p0, p1, p2, p3 = (
            points[(index + offset) % count]
            if closed
            else points[min(max(index + offset, 0), count - 1)]
            for offset in (-1, 0, 1, 2)
        )
        for step in range(steps):
            t = step / steps
            result.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    if not closed:
        result.append(points[-1])
    return result


def sag(left: float, right: float, y: float, depth: float, steps: int = 24) -> list[Point]:
    """Return the lower rim of something round, seen from slightly above."""
    return [
        (
            left + (right - left) * step / steps,
            y + depth * math.sin(math.acos(1 - 2 * step / steps)),
        )
        for step in range(steps + 1)
    ]


class Canvas:
    """A square picture in the making."""

    def __init__(self, size: int = 900, oversample: int = 2, aspect: float = 1) -> None:
        self.width, self.height = round(size * aspect), size
        self.scale = size * oversample / UNIT
        self.image = Image.new(
            "RGB", (round(self.width * oversample), round(self.height * oversample))
        )

    def finished(self, frame: tuple[float, float, float, float] | None = None) -> Image.Image:
        """Return the picture at its final size; ``frame`` is the part of it to show."""
        box = tuple(edge * self.scale for edge in frame) if frame else None
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS, box=box)

    # Masks

    def mask(self, draw: Callable[[ImageDraw.ImageDraw, Callable], None]) -> Image.Image:
        """Return a mask; ``draw`` gets a draw object and a function that scales coordinates."""
        mask = Image.new("L", self.image.size, 0)
        draw(ImageDraw.Draw(mask), self._scaled)
        return mask

    def _scaled(self, *values: float) -> list[float]:
        return [value * self.scale for value in values]

    def polygon(self, points: Iterable[Point]) -> Image.Image:
        flat = [(x * self.scale, y * self.scale) for x, y in points]
        return self.mask(lambda draw, __: draw.polygon(flat, fill=255))

    def blob(self, points: Sequence[Point]) -> Image.Image:
        """A smooth closed shape through ``points``."""
        return self.polygon(curve(points))

    def ellipse(self, x: float, y: float, rx: float, ry: float) -> Image.Image:
        return self.mask(lambda draw, s: draw.ellipse(s(x - rx, y - ry, x + rx, y + ry), fill=255))

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, radius: float = 0
    ) -> Image.Image:
        return self.mask(
            lambda draw, s: draw.rounded_rectangle(
                s(left, top, right, bottom), radius * self.scale, fill=255
            )
        )

    def line(self, points: Sequence[Point], width: float, *, smooth: bool = True) -> Image.Image:
        """A line with round ends through ``points``."""
        path = curve(points, closed=False, steps=24) if smooth else list(points)
        radius = width / 2

        def draw_line(draw: ImageDraw.ImageDraw, s: Callable) -> None:
            draw.line(
                [(x * self.scale, y * self.scale) for x, y in path],
                fill=255,
                width=round(width * self.scale),
                joint="curve",
            )
            for x, y in (path[0], path[-1]):
                draw.ellipse(s(x - radius, y - radius, x + radius, y + radius), fill=255)

        return self.mask(draw_line)

    def ring(self, x: float, y: float, rx: float, ry: float, width: float) -> Image.Image:
        outer, inner = self.ellipse(x, y, rx, ry), self.ellipse(x, y, rx - width, ry - width)
        return ImageChops.subtract(outer, inner)

    # Paint

    def fill(
        self,
        mask: Image.Image,
        base: Colour,
        light: Stops = PLAIN,
        *,
        downwards: bool = False,
        opacity: float = 1,
        within: Image.Image | None = None,
    ) -> Image.Image:
        """Fill ``mask`` with ``base`` in ``light`` and return the mask that was filled."""
        if within is not None:
            mask = ImageChops.multiply(mask, within)
        box = mask.getbbox()
        if box is None:
            return mask
        gradient = self._gradient(base, light, downwards, (box[2] - box[0], box[3] - box[1]))
        window = mask.crop(box)
        if opacity < 1:
            window = window.point([round(value * opacity) for value in range(256)])
        self.image.paste(gradient, box[:2], window)
        return mask

    @staticmethod
    def _gradient(
        base: Colour, light: Stops, downwards: bool, size: tuple[int, int]
    ) -> Image.Image:
        strip = Image.new("RGB", (128, 1))
        for index in range(128):
            position = index / 127
            change = light[-1][1]
            for (start, before), (end, after) in zip(light, light[1:], strict=False):
                if start <= position <= end:
                    change = before + (after - before) * (position - start) / (end - start or 1)
                    break
            strip.putpixel((index, 0), lit(base, change))
        if downwards:
            strip = strip.transpose(Image.Transpose.ROTATE_270)
        return strip.resize(size, Image.Resampling.BICUBIC)

    def blurred(
        self,
        mask: Image.Image,
        radius: float,
        base: Colour,
        opacity: float,
        within: Image.Image | None = None,
    ) -> None:
        """Lay a soft ``base`` over the blurred ``mask``: a shadow, a glow, steam."""
        soft = mask.filter(ImageFilter.GaussianBlur(radius * self.scale))
        self.fill(soft, base, opacity=opacity, within=within)

    def shadow(self, x: float, y: float, rx: float, ry: float = 26) -> None:
        """The shadow of something that stands at ``x``, ``y``, fallen to the right."""
        ground = (58, 40, 26)
        self.blurred(self.ellipse(x + rx * 0.16, y, rx * 1.08, ry), 20, ground, 0.42)
        self.blurred(self.ellipse(x, y - 2, rx * 0.92, ry * 0.5), 7, ground, 0.5)

    def text(
        self, x: float, y: float, words: str, size: float, base: Colour, *, spacing: float = 0
    ) -> None:
        """Write ``words`` centred on ``x``, ``y``."""
        font = ImageFont.load_default(size * self.scale)
        widths = [font.getlength(letter) for letter in words]
        gap = spacing * self.scale
        left = x * self.scale - (sum(widths) + gap * (len(words) - 1)) / 2
        draw = ImageDraw.Draw(self.image)
        for letter, width in zip(words, widths, strict=True):
            draw.text((left, y * self.scale), letter, font=font, fill=base, anchor="lm")
            left += width + gap


def around(x: float, y: float, rx: float, ry: float, turn: float, steps: int = 28) -> list[Point]:
    """Return the points of an ellipse turned by ``turn`` radians."""
    points = []
    for step in range(steps):
        angle = 2 * math.pi * step / steps
        dx, dy = rx * math.cos(angle), ry * math.sin(angle)
        points.append(
            (
                x + dx * math.cos(turn) - dy * math.sin(turn),
                y + dx * math.sin(turn) + dy * math.cos(turn),
            )
        )
    return points
