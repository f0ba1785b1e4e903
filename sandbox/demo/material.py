"""What the operator prepares for advocates: opening words, pictures, a banner and texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from oscar.core.loading import get_model
from PIL import Image, ImageOps
from wagtail.images import get_image_model

from oscar_referrals.dashboard.forms.material import MaterialForm
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.material import keep_material
from oscar_referrals.sharing.openings import write_opening
from oscar_referrals.sharing.share_models import Material
from oscar_referrals.sharing.wording import problems_in

from .progress import Progress

#: Opening words for messengers, by language; the others keep those that come with the system.
OPENINGS = {
    "en-gb": "My mornings come from {shop}. {offer} for you, if you like good coffee: {url}",
    "ms": "Pagi saya bermula dengan {shop}. Untuk anda yang suka kopi sedap, {offer}: {url}",
    "id": "Pagi saya dimulai dengan {shop}. Untuk kamu yang suka kopi enak, {offer}: {url}",
}
SPOKEN_IN = ("whatsapp", "telegram")

#: Width and height: for a chat, for a story, for the top of a mail.
SQUARE, STORY, WIDE = (900, 900), (720, 1280), (1200, 500)


@dataclass(frozen=True)
class Piece:
    """One entry of the library, in one language."""

    language: str
    title: str
    #: What is to be seen of a picture, or the words of a text.
    words: str
    #: Title of the website's picture that is cut, or the number of the product; empty for a text.
    shows: str = ""
    size: tuple[int, int] = SQUARE
    kind: str = Material.Kind.PICTURE
    #: Days after which it is no longer shown; negative if that was in the past.
    days: int | None = None


HILLS, WINDOW, BAG = "Hills at dawn", "A kitchen window in Janda Baik", "RP-101"
TEXT, BANNER = Material.Kind.TEXT, Material.Kind.BANNER
PIECES = (
    Piece("en-gb", "A bag of liberica", "A paper bag of liberica coffee on a table.", BAG),
    Piece("ms", "Sebungkus liberika", "Sebungkus kopi liberika di atas meja.", BAG),
    Piece("id", "Sebungkus liberika", "Sebungkus kopi liberika di atas meja.", BAG),
    Piece(
        "en-gb",
        "Story: a morning",
        "A cup of coffee on a window sill, with green hills behind it.",
        WINDOW,
        STORY,
    ),
    Piece(
        "ms",
        "Story: suatu pagi",
        "Secawan kopi di tepi tingkap, dengan bukit hijau di belakangnya.",
        WINDOW,
        STORY,
    ),
    Piece(
        "id",
        "Story: suatu pagi",
        "Secangkir kopi di ambang jendela, dengan bukit hijau di belakangnya.",
        WINDOW,
        STORY,
    ),
    Piece(
        "en-gb",
        "For the neighbours",
        "I found my coffee at {shop}, roasted in small batches. If you try it: {offer}. {url}",
        kind=TEXT,
    ),
    Piece(
        "ms",
        "Untuk jiran",
        "Kopi saya dari {shop}, disangrai sedikit demi sedikit. Kalau anda cuba: {offer}. {url}",
        kind=TEXT,
    ),
    Piece(
        "id",
        "Untuk tetangga",
        "Kopi saya dari {shop}, disangrai sedikit demi sedikit. Kalau kamu coba: {offer}. {url}",
        kind=TEXT,
    ),
    Piece(
        "",
        "Harvest week",
        "Tea hills in the light of the morning.",
        HILLS,
        WIDE,
        BANNER,
        days=-156,
    ),
)


def is_loaded() -> bool:
    return Material.objects.exists()


def load_material(progress: Progress) -> None:
    """Fill the library of the live program; every piece passes the form of the dashboard."""
    program = Program.objects.get(status=Program.Status.LIVE)
    with progress.step("Preparing pictures to send along", total=len(PIECES)) as advance:
        for language, opening in OPENINGS.items():
            for channel in SPOKEN_IN:
                assert not problems_in(opening, language), opening
                write_opening(program=program, language=language, channel=channel, opening=opening)
        for position, piece in enumerate(PIECES, start=1):
            _add(program, piece, position)
            advance()


def _add(program: Program, piece: Piece, position: int) -> None:
    is_text = piece.kind == Material.Kind.TEXT
    data: dict[str, Any] = {
        "kind": piece.kind,
        "title": piece.title,
        "language": piece.language,
        "text" if is_text else "alt_text": piece.words,
        "position": position,
    }
    if piece.days is not None:
        end = timezone.localtime() + timedelta(days=piece.days)
        data["shown_until"] = end.strftime("%Y-%m-%dT%H:%M")
    files = {} if is_text else {"file": _picture(piece)}
    form = MaterialForm(data, files, instance=Material(program=program))
    if not form.is_valid():
        raise ValueError(f"{piece.title}: {form.errors.as_text()}")
    keep_material(material=form.save(commit=False))


def _picture(piece: Piece) -> SimpleUploadedFile:
    found = get_image_model().objects.filter(title=piece.shows).first()
    source = found.file if found is not None else _product_picture(piece.shows)
    with source.open("rb") as file, Image.open(file) as picture:
        cut = ImageOps.fit(picture.convert("RGB"), piece.size)
    content = BytesIO()
    cut.save(content, "JPEG", quality=82)
    return SimpleUploadedFile("picture.jpg", content.getvalue(), "image/jpeg")


def _product_picture(upc: str) -> Any:
    product = get_model("catalogue", "Product").objects.get(upc=upc)
    return product.primary_image().original
