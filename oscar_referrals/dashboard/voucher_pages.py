"""One page of an offer's vouchers, for Oscar's page that would list them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from oscar.core.loading import get_model

from oscar_referrals.dashboard.pages import as_key

VOUCHERS_PER_PAGE = 50


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
    page = min(max(as_key(number) or 1, 1), max(1, -(-total // VOUCHERS_PER_PAGE)))
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
