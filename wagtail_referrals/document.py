"""The wording of terms as one document: the editor's words around the program's own sentences."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.terms import RenderedTerms
from oscar_referrals.programs.terms_document import OwnWords, Part, document

#: Each of these is a line of its own in the text.
LINES = ["h2", "h3", "p", "li", "br", "dt", "dd"]


def compose(
    *,
    version: ProgramVersion,
    language: str,
    opening: StreamValue,
    section_words: StreamValue,
    own_terms: StreamValue,
) -> RenderedTerms:
    """The complete terms of ``version`` in ``language``; the same words give the same bytes."""
    with override(language):
        html = document(
            version,
            opening=own_parts(opening, "opening", title=_("Before you begin")),
            words=own_words(section_words),
            further=own_parts(own_terms, "own", title=_("Further terms")),
        )
    soup = BeautifulSoup(html, "html.parser")
    # The rich text editor marks each paragraph with a random key, which is no part of the words.
    for tag in soup.select("[data-block-key]"):
        del tag["data-block-key"]
    frozen = str(soup).strip()
    return RenderedTerms(html=frozen, text=as_text(frozen))


def own_words(section_words: StreamValue) -> dict[str, OwnWords]:
    """The editor's words by the key of their section; sections without any are left out."""
    found = {}
    for block in section_words:
        before, after = (_words(block.value[place]) for place in ("before", "after"))
        if before or after:
            found[block.block_type] = OwnWords(before=before, after=after)
    return found


def own_parts(value: StreamValue, name: str, *, title: str) -> list[Part]:
    """The editor's own sections, one for each heading; ``title`` stands above what has none."""
    parts: list[tuple[str, list[SafeString]]] = []
    for block in value:
        if block.block_type == "heading":
            parts.append((block.value, []))
            continue
        if not parts:
            parts.append((title, []))
        parts[-1][1].append(_words(block.value))
    return [
        Part(
            anchor=f"terms-{name}-{number}",
            title=heading,
            sentences=[],
            after=mark_safe("".join(texts)),
        )
        for number, (heading, texts) in enumerate(parts, start=1)
        if heading.strip() and (any(texts) or heading != title)
    ]


def as_text(html: str) -> str:
    """The words of an HTML fragment, a line for each heading, paragraph and point.

    A table of contents is left out: it says nothing that isn't said below it.
    """
    soup = BeautifulSoup(html, "html.parser")
    for contents in soup.select("nav.terms-contents"):
        contents.decompose()
    for tag in soup.find_all(LINES):
        tag.insert_before("\n")
        tag.insert(0, "- " if tag.name in ("li", "dd") else "")
        tag.insert_after("\n")
    # Only plain white space is folded: the space in "RM 20" has to stay a space that never breaks.
    lines = (re.sub(r"[ \t\r]+", " ", line).strip(" ") for line in soup.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def words_in(value: StreamValue) -> str:
    """The words that an editor has put into a StreamField; empty if there are none."""
    return as_text(str(value.render_as_block()))


def _words(value: RichText) -> SafeString:
    """Rich text as HTML; empty if it holds no words, such as the editor's empty paragraph."""
    html = str(value)
    return mark_safe(html if as_text(html) else "")
