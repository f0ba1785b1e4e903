"""Columns that several admin pages have: amounts in words of the locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin

from oscar_referrals.money import VOUCHER_UNIT, format_money, format_number


def amount(name: str, unit: str, label: Any) -> Callable[[Any, Any], str]:
    """A column that shows attribute ``name`` in the unit that attribute ``unit`` names.

    Both may be paths, such as ``account__unit``. ``label`` is a lazily translated text.
    """

    @admin.display(description=label, ordering=name, empty_value="–")
    def column(page: Any, row: Any) -> str:
        minor, of = _follow(row, name), _follow(row, unit)
        if minor is None:
            return "–"
        if of == VOUCHER_UNIT:
            return f"{format_number(minor)} {of}"
        return format_money(minor, of)

    return column


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
