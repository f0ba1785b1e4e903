"""Questions that nobody means to ask, for the pages that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.test import Client

#: No text, number, day, unit or language of ours; as the bytes of an address.
JUNK = tuple(
    quote(text)
    for text in (
        "\0",
        "9" * 400,
        "-1",
        # Digits to Python, and to no database.
        "\u0661\u0662",
        "\u00b2",
        "2026-02-30",
        "9999-12-31",
        "NaN",
        "xx-yy",
        "x" * 10_000,
        # Half a character, which is no UTF-8.
        b"\xed\xa0\x80",
    )
)
#: What pages are asked for besides the fields of their forms.
USUAL = frozenset({"p", "page", "q", "ordering", "order_by", "export", "next"})


def fields_of(response: Any) -> set[str]:
    """The names that the page's forms send."""
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return set()
    names = set(re.findall(r'name="([^"]+)"', response.content.decode()))
    return names - {"csrfmiddlewaretoken", "viewport"}


def broken(
    client: Client, address: str, names: Iterable[str], *, send: bool = False, **fixed: str
) -> list[str]:
    """The questions that were an error of the server, of as many as there is junk.

    In each every name has another junk, and over all of them each name has had each. ``fixed`` stay
    as they are. Of files what is streamed counts as well. With ``send`` the same is posted.
    """
    client.raise_request_exception = False
    wanted, found = sorted(names), []
    for turn in range(len(JUNK)):
        parts = [f"{name}={value}" for name, value in fixed.items()]
        parts += [
            f"{quote(name)}={JUNK[(number + turn) % len(JUNK)]}"
            for number, name in enumerate(wanted)
        ]
        question = "&".join(parts)
        if send:
            kind = "application/x-www-form-urlencoded"
            response: Any = client.post(address, question, content_type=kind)
        else:
            response = client.get(f"{address}?{question}")
        if response.streaming:
            b"".join(response.streaming_content)
        if response.status_code >= 500:
            found.append(f"{address[:80]}?{question[:80]}: {response.exc_info[1]!r}")
    return found
