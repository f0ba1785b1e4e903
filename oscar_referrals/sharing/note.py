"""What an advocate adds to the message in their own words. It is never stored."""

from __future__ import annotations

import re
import unicodedata

#: Characters that a note may have.
LONGEST = 280
TAG = re.compile(r"<[^<>]*>")
#: ``https://``, ``//`` and what runs as script; removed until none is left.
SCHEME = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//+|\b(?:javascript|vbscript|data|mailto|tel|sms)\s*:", re.I
)
#: A dot within a word makes apps take it for an address; also the dots of other scripts.
INNER_DOT = re.compile(r"(?<=\w)[.\u3002\uff0e\uff61]+(?=[^\W\d_])")
DOTTED_QUAD = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
#: Joins the parts of one emoji; all other invisible characters go.
JOINER = "\u200d"


def plain_note(text: str) -> str:
    """``text`` as one line of plain words: nothing in it is HTML or opens as a link (S02).

    Longer notes are cut at `LONGEST` characters.
    """
    text = unicodedata.normalize("NFC", text[: LONGEST * 4])
    text = "".join(" " if char in "\r\n\t\v\f\u2028\u2029" else char for char in text)
    text = "".join(char for char in text if char == JOINER or _is_visible(char))
    text = TAG.sub(" ", text).replace("<", " ").replace(">", " ")
    while SCHEME.search(text):
        text = SCHEME.sub(" ", text)
    text = INNER_DOT.sub(". ", text)
    text = DOTTED_QUAD.sub(lambda match: match[0].replace(".", " "), text)
    return " ".join(text.split())[:LONGEST].rstrip()


def _is_visible(char: str) -> bool:
    return char == " " or not unicodedata.category(char).startswith("C")
