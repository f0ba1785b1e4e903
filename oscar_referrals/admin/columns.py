"""Columns that several admin pages have: amounts in words of the locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin

from oscar_referrals.money import format_money, format_number, is_money


def amount(name: str, unit: str, label: Any) -> Callable[[Any, Any], str]:
    """A column that shows attribute ``name`` in the unit that attribute ``unit`` names.

    Both may be paths, such as ``account__unit``. ``label`` is a lazily translated text.
    """

    @admin.display(description=label, ordering=name, empty_value="–")
    def column(page: Any, row: Any) -> str:
        minor, of = _follow(row, name), _follow(row, unit)
        if minor is None:
            return "–"
        return format_money(minor, of) if is_money(of) else f"{format_number(minor)} {of}"

    return column


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
