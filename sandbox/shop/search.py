"""Haystack on the shop's own database: no index to build, for a catalogue of some hundred products.

Oscar lists and searches products through Haystack only. Haystack's own "simple" backend knows
neither categories nor sorting, which the pages of the catalogue need.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Min, Q
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery, SearchNode, log_query
from haystack.constants import DJANGO_CT
from haystack.models import SearchResult
from oscar.core.loading import get_model

#: Names of the index's fields, as columns of the product.
COLUMNS = {"category": "categories", "title_exact": "title", "price": "lowest_price"}
SEARCHED = ("title", "description", "upc", "categories__name")


class DatabaseSearchBackend(BaseSearchBackend):
    """Answers queries about products from their table."""

    def update(self, index: Any, iterable: Any, commit: bool = True) -> None:
        """Do nothing: there is no index."""

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Do nothing: there is no index."""

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Do nothing: there is no index."""

    @log_query
    def search(self, query_string: SearchNode, **kwargs: Any) -> dict[str, Any]:
        products = get_model("catalogue", "Product").objects.base_queryset()
        found = products.annotate(lowest_price=Min("stockrecords__price"))
        found = found.filter(_condition(query_string)).distinct()
        ordering = [_ordering(name) for name in kwargs.get("sort_by") or ()]
        found = found.order_by(*ordering, "upc", "pk")
        page = found[kwargs.get("start_offset") or 0 : kwargs.get("end_offset")]
        return {"results": [_result(product) for product in page], "hits": found.count()}


class DatabaseSearchQuery(BaseSearchQuery):
    """Hands the tree of conditions to the backend as it is."""

    def build_query(self) -> SearchNode:
        return self.query_filter


class DatabaseEngine(BaseEngine):
    backend = DatabaseSearchBackend
    query = DatabaseSearchQuery


def _condition(node: SearchNode) -> Q:
    parts = [
        _condition(child) if isinstance(child, SearchNode) else _comparison(*child)
        for child in node.children
    ]
    combined = reduce(and_ if node.connector == SearchNode.AND else or_, parts, Q())
    return ~combined if node.negated else combined


def _comparison(expression: str, value: Any) -> Q:
    field, __, operator = expression.partition("__")
    if field == DJANGO_CT:
        return Q()
    if field in ("content", "text"):
        words = getattr(value, "query_string", str(value)).split()
        matches = (
            reduce(or_, (Q(**{f"{column}__icontains": word}) for column in SEARCHED))
            for word in words
        )
        return reduce(and_, matches, Q())
    column = COLUMNS.get(field, field)
    if operator == "in":
        return Q(**{f"{column}__in": value})
    return Q(**{column: {"true": True, "false": False}.get(str(value), value)})


def _ordering(name: str) -> str:
    sign = "-" if name.startswith("-") else ""
    field = name.removeprefix("-")
    return sign + COLUMNS.get(field, field)


def _result(product: Any) -> SearchResult:
    result = SearchResult("catalogue", "product", product.pk, 0)
    result._model, result._object = type(product), product
    return result
