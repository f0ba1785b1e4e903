"""Draws each picture of the shop by name; the same seed gives the same picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from PIL import Image

from . import bowls, gear, packs, vessels
from .canvas import Canvas, colour
from .scenery import backdrop

#: What of the scene a product picture shows.
FRAME = (80, 140, 920, 980)

SUBJECTS: dict[str, Callable[..., None]] = {
    "pouch": packs.pouch,
    "tin": packs.tin,
    "box": packs.box,
    "jar": packs.jar,
    "cup": vessels.cup,
    "mug": vessels.mug,
    "kettle": vessels.kettle,
    "tiffin": vessels.tiffin,
    "teapot": vessels.teapot,
    "mortar": vessels.mortar,
    "dripper": gear.dripper,
    "grinder": gear.grinder,
    "sock": gear.sock,
    "filters": gear.filters,
    "towel": gear.towel,
    "palm_sugar": gear.palm_sugar,
    "gift_box": gear.gift_box,
}
NEEDS_RANDOM = {"mug", "mortar", "palm_sugar"}


@dataclass(frozen=True)
class Picture:
    """What a product picture shows: a subject and its colour, and what its label says."""

    subject: str
    tint: str | None = None
    words: tuple[str, str, str] | tuple[()] = ()


@dataclass(frozen=True)
class Inside:
    """A bowl of what the package holds."""

    content: str
    tint: str


def draw_product(picture: Picture, *, kind: str, seed: int) -> Image.Image:
    """Return the picture of a product in the scenery of its ``kind``."""
    random = Random(seed)
    canvas = Canvas()
    backdrop(canvas, kind, random)
    arguments: list[Any] = [canvas]
    if picture.tint:
        arguments.append(colour(picture.tint))
    arguments += picture.words
    if picture.subject in NEEDS_RANDOM:
        arguments.append(random)
    SUBJECTS[picture.subject](*arguments)
    return canvas.finished(FRAME)


def draw_inside(inside: Inside, *, kind: str, seed: int) -> Image.Image:
    """Return a picture of what is in the package."""
    canvas = Canvas(size=640)
    bowls.bowl(canvas, kind, inside.content, colour(inside.tint), Random(seed))
    return canvas.finished()
