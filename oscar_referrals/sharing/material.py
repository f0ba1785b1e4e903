"""The material library: checked when it is uploaded, gone when its last day is over."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.share_models import Material

#: Formats by what Pillow finds in the file, with the ending and the type that it is given. No SVG:
#: that is a program, which would run on the shop's own address.
FORMATS = {
    "JPEG": (".jpg", "image/jpeg"),
    "PNG": (".png", "image/png"),
    "WEBP": (".webp", "image/webp"),
    "GIF": (".gif", "image/gif"),
}
LARGEST = 2 * 1024 * 1024
WIDEST = 4000


def check_picture(upload: Any) -> str:
    """The name under which an uploaded picture is kept, made from its content.

    Neither the uploader's name for it nor its type is believed. Raises ValidationError, in words.
    """
    if upload.size > LARGEST:
        raise ValidationError(_("The file is larger than 2 MB."))
    try:
        upload.seek(0)
        with Image.open(upload, formats=list(FORMATS)) as picture:
            kind, width, height = str(picture.format), picture.width, picture.height
            if width > WIDEST or height > WIDEST:
                raise ValidationError(_("The picture is wider or higher than 4000 pixels."))
            picture.verify()
    except ValidationError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise ValidationError(
            _("This is no picture that we know. Use JPEG, PNG, WebP or GIF.")
        ) from None
    finally:
        upload.seek(0)
    return f"{uuid.uuid4().hex}{FORMATS[kind][0]}"


def type_of(name: str) -> str:
    """The content type of a file that `check_picture` named."""
    for ending, content_type in FORMATS.values():
        if name.endswith(ending):
            return content_type
    return "application/octet-stream"


def material_for(program: Program, language: str, *, now: datetime | None = None) -> list[Material]:
    """What advocates who read ``language`` may use now, in the operator's order: one query."""
    return list(
        Material.objects.shown_at(now or timezone.now()).filter(
            program=program, language__in=["", language]
        )
    )


def delete_material(*, material: Material) -> None:
    """Delete it with its file, once that is certain."""
    _forget_file(material.file.name, material)
    material.delete()


def keep_material(*, material: Material, old_file: str = "") -> None:
    """Save it; a file that was replaced goes."""
    material.save()
    if old_file and old_file != material.file.name:
        _forget_file(old_file, material)


def _forget_file(name: str | None, material: Material) -> None:
    storage = material.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))
