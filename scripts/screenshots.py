"""Put pictures that the browser tests took into the documentation.

    python scripts/screenshots.py

`make screenshots` runs those tests before. Each picture is cut to what its page speaks of, and
reduced to a palette.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TAKEN = ROOT / "tests" / "artifacts" / "screenshots"
IMAGES = ROOT / "docs" / "images"
WIDTH = 1040
COLOURS = 256
BYTES_AT_MOST = 150_000


@dataclass(frozen=True)
class Picture:
    """One picture: its name in the documentation, the test's, and what to cut out of that.

    The box is left, top, right, bottom in pixels; an edge beyond the picture means the picture's.
    """

    name: str
    taken_as: str
    box: tuple[int, int, int, int] = (0, 0, 1280, 800)

    def put(self) -> int:
        """Write it, and return its size in bytes."""
        with Image.open(TAKEN / f"{self.taken_as}.png") as taken:
            right, bottom = min(self.box[2], taken.width), min(self.box[3], taken.height)
            picture = taken.convert("RGB").crop((*self.box[:2], right, bottom))
        if picture.width > WIDTH:
            height = round(picture.height * WIDTH / picture.width)
            picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        path = IMAGES / f"{self.name}.png"
        # The usual method would drop the few pixels of a badge's colour.
        method = Image.Quantize.MAXCOVERAGE
        few = picture.quantize(COLOURS, method=method, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        return path.stat().st_size


#: Oscar's storefront leaves a margin at both sides, and its header says nothing here.
SHOP = (80, 334, 1200)

PICTURES = (
    Picture("draft", "program-draft-1280"),
    Picture("share", "portal-share-1280", (*SHOP, 1160)),
    Picture("landing", "landing-1280", (80, 278, 1200, 1010)),
    Picture("basket-with-code", "basket-friend-1280", (*SHOP, 1115)),
    Picture("basket-with-reward", "basket-reward-1280", (*SHOP, 1080)),
    Picture("publish", "dashboard-publish-1280", (0, 0, 1280, 900)),
    Picture("stop-now", "dashboard-program-stop-1280", (0, 0, 1280, 690)),
    Picture("story", "referral-story-1280", (0, 0, 1280, 1000)),
    Picture("considered", "considered-1280", (0, 98, 1280, 820)),
    Picture("report", "report-1280", (0, 0, 1280, 900)),
    Picture("terms-editor", "terms-editor-light-1280"),
    Picture("terms-refused", "terms-editor-refusal"),
    Picture("terms-page", "terms-page-1280", (80, 270, 1200, 1250)),
    Picture("terms-changes", "terms-changes-1280", (80, 278, 1200, 780)),
    Picture("blocks", "advocate-page-visitor-1280", (200, 1760, 1080, 2480)),
    Picture("terms-change", "terms-change-360", (14, 661, 346, 1158)),
    Picture("wagtail-report", "wagtail-report-1280"),
)


def main() -> int:
    missing = [item.taken_as for item in PICTURES if not (TAKEN / f"{item.taken_as}.png").exists()]
    if missing:
        print(f"Not taken yet: {', '.join(missing)}. Run `make screenshots`.")
        return 1
    IMAGES.mkdir(exist_ok=True)
    sizes = {item.name: item.put() for item in PICTURES}
    for name, size in sizes.items():
        print(f"docs/images/{name}.png: {size / 1000:.0f} kB")
    return 1 if max(sizes.values()) > BYTES_AT_MOST else 0


if __name__ == "__main__":
    sys.exit(main())
