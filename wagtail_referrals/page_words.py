"""What a page says in hand-written words: fields and blocks, ours and the shop's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from json import dumps
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from oscar_referrals.programs.models import Program, ProgramVersion
from wagtail_referrals.compat import base_page
from wagtail_referrals.document import as_text
from wagtail_referrals.purge import names_of_blocks
from wagtail_referrals.referral_block import ReferralBlock
from wagtail_referrals.word_blocks import OwnWordsBlock

#: Of the fields that every page has, those that people read (the last two where they search).
OF_EVERY_PAGE = ("title", "seo_title", "search_description")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A piece of what a page says, as plain text."""

    text: str
    #: It stands in a block about the program, so all of it is about the program.
    is_ours: bool = False


def texts_of(page: Any) -> Iterator[Text]:
    """All hand-written words of a page, however deep they stand in its blocks."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _in_block(field.stream_block, getattr(page, field.name))
        elif isinstance(field, RichTextField):
            yield Text(text=as_text(getattr(page, field.name) or ""))
        elif _is_read(field):
            yield Text(text=str(getattr(page, field.name) or ""))


def names_program(page: Any) -> bool:
    """Whether a block about the program stands on the page, or a program is chosen on it."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found = _has_ours(field.stream_block, getattr(page, field.name))
        else:
            found = _is_choice(field) and getattr(page, field.attname) is not None
        if found:
            return True
    return False


def fingerprint(page: Any, *more: str) -> bytes:
    """Of ``more`` and all that `texts_of` and `names_program` look at, without reading it."""
    streams, others = _where_words_stand(page._meta)
    parts = [
        page._meta.label,
        *more,
        *(dumps(list(getattr(page, name).raw_data), default=str) for name in streams),
        *(str(getattr(page, name)) for name in others),
    ]
    return sha256("\0".join(parts).encode()).digest()[:16]


@cache
def _where_words_stand(options: Any) -> tuple[list[str], list[str]]:
    streams, others = [], []
    for field in options.get_fields():
        if isinstance(field, StreamField):
            streams.append(field.name)
        elif isinstance(field, RichTextField) or _is_read(field) or _is_choice(field):
            others.append(field.attname)
    return streams, others


def can_name_program(kind: type[Any]) -> bool:
    """Whether pages of a class can have such a block or choice at all; no query."""
    return any(
        names_of_blocks(field.stream_block) if isinstance(field, StreamField) else _is_choice(field)
        for field in kind._meta.get_fields()
    )


def _is_read(field: Any) -> bool:
    """Whether a field has words for readers in it, and no address, name of a file or choice."""
    if not isinstance(field, models.CharField | models.TextField) or not field.editable:
        return False
    if field.model is base_page() and field.name in _names_of_wagtail():
        return field.name in OF_EVERY_PAGE
    no_words = (models.SlugField, models.URLField, models.EmailField, models.FilePathField)
    return not isinstance(field, no_words) and not field.choices


def _names_of_wagtail() -> set[str]:
    """The fields that Wagtail gives every page; a website's own base page may have others."""
    return {field.name for field in Page._meta.local_fields}


def _is_choice(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and _is_program(field.related_model)


def _is_program(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Program | ProgramVersion)


def _in_block(block: Any, value: Any, *, ours: bool = False) -> Iterator[Text]:
    if not value:
        return
    if isinstance(block, OwnWordsBlock):
        yield Text(text=block.words(value), is_ours=True)
        return
    ours = ours or isinstance(block, ReferralBlock)
    if isinstance(block, TableBlock):
        yield Text(text="\n".join(_row(cells) for cells in value.get("data") or ()), is_ours=ours)
    elif isinstance(block, TypedTableBlock):
        rows = ([_cell(one) for one in row] for row in value.rows)
        yield Text(text="\n".join(_row(cells) for cells in rows), is_ours=ours)
    elif isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock):
        yield Text(text=as_text(str(value)), is_ours=ours)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Text(text=str(value), is_ours=ours)
    else:
        for child, inner in _children(block, value):
            yield from _in_block(child, inner, ours=ours)


def _children(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """The blocks within a block, with their values.

    None where a block makes something else of them: Wagtail's `ImageBlock` gives its image.
    """
    if not value:
        return
    if isinstance(block, blocks.StreamBlock):
        yield from ((child.block, child.value) for child in value)
    elif isinstance(block, blocks.ListBlock):
        yield from ((block.child_block, item) for item in value)
    elif isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        yield from ((child, value.get(name)) for name, child in block.child_blocks.items())


def _has_ours(block: Any, value: Any) -> bool:
    if isinstance(block, ReferralBlock):
        return True
    if isinstance(block, blocks.ChooserBlock):
        return value is not None and _is_program(block.model_class)
    return any(_has_ours(child, inner) for child, inner in _children(block, value))


def _cell(bound: Any) -> str:
    return " ".join(one.text for one in _in_block(bound.block, bound.value))


def _row(cells: list[Any]) -> str:
    """What stands in the first column says what the others are; nothing of a row without any."""
    if not cells:
        return ""
    first, *others = [str(cell).strip() if cell is not None else "" for cell in cells]
    return f"{first}: {'; '.join(others)}" if others else first
