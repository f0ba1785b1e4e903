"""The wording of terms as one document: the editor's words around the program's own sentences."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.blocks import StreamValue

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.terms import RenderedTerms, clauses_by_section


def compose(
    *, version: ProgramVersion, language: str, opening: StreamValue, own_terms: StreamValue
) -> RenderedTerms:
    """The complete terms of ``version`` in ``language``; the same words give the same bytes."""
    with override(language):
        html = render_to_string(
            "wagtail_referrals/terms_document.html",
            {
                "opening": opening,
                "sections": clauses_by_section(describe(version)),
                "own_terms": own_terms,
            },
        )
    soup = BeautifulSoup(html, "html.parser")
    # The rich text editor marks each paragraph with a random key, which is no part of the words.
    for tag in soup.select("[data-block-key]"):
        del tag["data-block-key"]
    frozen = str(soup).strip()
    return RenderedTerms(html=frozen, text=as_text(frozen))


def as_text(html: str) -> str:
    """The words of an HTML fragment, a line for each heading, paragraph and point."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["h2", "h3", "p", "li", "br"]):
        tag.insert_before("\n")
        tag.insert(0, "- " if tag.name == "li" else "")
        tag.insert_after("\n")
    # Only plain white space is folded: the space in "RM 20" has to stay a space that never breaks.
    lines = (re.sub(r"[ \t\r]+", " ", line).strip(" ") for line in soup.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def words_in(value: StreamValue) -> str:
    """The words that an editor has put into a StreamField; empty if there are none."""
    return as_text(str(value.render_as_block()))
