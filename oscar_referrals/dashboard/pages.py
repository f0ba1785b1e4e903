"""Pages of long lists that cost the same wherever they are and however long the list is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.http import QueryDict
from oscar.core.loading import get_model

PER_PAGE = 25
VOUCHERS_PER_PAGE = 50


@dataclass(frozen=True)
class KeyPage:
    """Rows of a list, the newest first, cut at a key instead of counted."""

    rows: list[Any]
    #: Key for the link to newer rows; None at the beginning of the list.
    newer: int | None
    #: Key for the link to older rows; None at its end.
    older: int | None
    #: Asked for by a key, so that an empty page does not mean an empty list.
    is_inner: bool = False


def key_page(rows: QuerySet[Any], asked: QueryDict, per_page: int = PER_PAGE) -> KeyPage:
    """The page that ``?before=<id>`` or ``?after=<id>`` asks for; the first one if neither does.

    The database walks the primary key from there and stops after one page: no count, no offset.
    """
    after, before = _key(asked.get("after")), _key(asked.get("before"))
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
    return KeyPage(
        rows=page,
        newer=page[0].pk if newer and page else None,
        older=page[-1].pk if older and page else None,
        is_inner=after is not None or before is not None,
    )


@dataclass(frozen=True)
class NumberedPage:
    """Which part of a list is shown, in numbers of rows."""

    number: int
    first: int
    last: int
    total: int

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def has_next(self) -> bool:
        """There are rows after this page."""
        return self.last < self.total


def limit_vouchers(offer: Model, number: str | None) -> NumberedPage:
    """Let ``offer.vouchers.all()`` give one page, so that a template that lists all lists that.

    Oscar's offer page renders every voucher of an offer; with 100,000 referral codes that takes
    ten seconds and megabytes. `count()` and `exists()` still speak of all.
    """
    voucher_model = get_model("voucher", "Voucher")
    links = voucher_model._meta.get_field("offers").remote_field.through._default_manager.filter(
        conditionaloffer_id=offer.pk
    )
    total = links.count()
    page = min(max(_key(number) or 1, 1), max(1, -(-total // VOUCHERS_PER_PAGE)))
    first = (page - 1) * VOUCHERS_PER_PAGE
    keys = links.order_by("-pk").values_list("voucher_id", flat=True)
    shown = list(keys[first : first + VOUCHERS_PER_PAGE])

    class Excerpt(QuerySet[Any]):
        """One page, whose count is that of the whole list."""

        def count(self) -> int:
            """How many vouchers the offer has."""
            return total

    chosen = Excerpt(voucher_model).filter(pk__in=shown).order_by("-pk")
    prefetch_related_objects([offer], Prefetch("vouchers", queryset=chosen))
    return NumberedPage(number=page, first=first + 1, last=first + len(shown), total=total)


def _key(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
