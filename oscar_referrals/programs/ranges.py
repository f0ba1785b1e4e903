"""What an Oscar range contains: asked while a draft is prepared, and once more to freeze it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oscar.core.loading import get_model


def limits(chosen: Any) -> bool:
    """Does the range leave any product out? None means no range, which leaves out nothing."""
    if chosen is None:
        return False
    if chosen.proxy_class or not chosen.includes_all_products:
        return True
    return chosen.excluded_products.exists() or chosen.excluded_categories.exists()


def is_empty(chosen: Any) -> bool:
    """Does the range contain no product at all?"""
    return limits(chosen) and not any(True for _product in products_in(chosen))


def products_in(chosen: Any) -> Iterator[tuple[int, str]]:
    """Id and title of the products to list, so that a variant counts if it or its parent is listed.

    A parent is listed only when the range leaves none of its variants out; otherwise its variants
    are, one by one.
    """
    product = get_model("catalogue", "Product")
    contained = chosen.all_products()
    if chosen.proxy_class:
        # A shop's own range may answer with any iterable.
        contained = product.objects.filter(pk__in=[item.pk for item in contained])
    inside = contained.values("pk")
    split = (
        product.objects.filter(parent__in=inside)
        .exclude(pk__in=inside)
        .values_list("parent_id", flat=True)
    )
    rows = (
        product.objects.filter(pk__in=inside)
        .exclude(pk__in=set(split))
        .order_by("pk")
        .values_list("pk", "title", "parent__title")
    )
    for pk, title, parent_title in rows:
        yield pk, title or parent_title or ""
