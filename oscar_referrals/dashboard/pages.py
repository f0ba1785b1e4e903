"""Pages of long lists that cost the same wherever they are and however long the list is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

PER_PAGE = 25


@dataclass(frozen=True)
class KeyPage:
    """Rows of a list, the newest first, cut at a key instead of counted."""

    rows: list[Any]
    #: Key for the link to newer rows; None at the beginning of the list.
    newer: int | None
    #: Key for the link to older rows; None at its end.
    older: int | None
    #: The question without its page, as a query string for the links.
    asked: str = ""
    #: Asked for by a key, so that an empty page does not mean an empty list.
    is_inner: bool = False


def key_page(rows: QuerySet[Any], asked: QueryDict, per_page: int = PER_PAGE) -> KeyPage:
    """The page that ``?before=<id>`` or ``?after=<id>`` asks for; the first one if neither does.

    The database walks the primary key from there and stops after one page: no count, no offset.
    """
    after, before = as_key(asked.get("after")), as_key(asked.get("before"))
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: per_page + 1])
        page = found[:per_page][::-1]
        newer, older = len(found) > per_page, bool(page)
    else:
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows.order_by("-pk")[: per_page + 1])
        page = found[:per_page]
        newer, older = before is not None and bool(page), len(found) > per_page
    others = asked.copy()
    for name in ("before", "after"):
        others.pop(name, None)
    return KeyPage(
        rows=page,
        newer=page[0].pk if newer and page else None,
        older=page[-1].pk if older and page else None,
        asked=others.urlencode(),
        is_inner=after is not None or before is not None,
    )


def as_key(text: str | None) -> int | None:
    """A number out of an address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
