"""What a room keeps about one person, in words for them and in values for a machine.

Each room that keeps something has a function ``own_data(user)`` in a file of this name; together
they make `privacy.export`. None of them tells anything about anybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from oscar_referrals.money import format_moment, format_money, format_number, is_money


class Item(NamedTuple):
    """One value."""

    name: str
    label: str
    #: As JSON has it: text, number, truth value, None, or an amount in minor units with its unit.
    value: Any
    #: As its owner reads it; empty where there is nothing.
    text: str


class Section(NamedTuple):
    """Records of one kind."""

    key: str
    title: str
    rows: list[list[Item]]


def record(row: models.Model, *names: str) -> list[Item]:
    """The row's fields of these names, labelled as the model labels them."""
    return [_of_field(row, name) for name in names]


def item(name: str, label: str, value: Any) -> Item:
    """A value that is no field."""
    return Item(name, capfirst(label), _plain(value), _words(value))


def amount(name: str, label: str, value: int | None, unit: str) -> Item:
    """An amount of the books, in minor units."""
    if value is None:
        return Item(name, capfirst(label), None, "")
    text = format_money(value, unit) if is_money(unit) else format_number(value)
    return Item(name, capfirst(label), {"amount": value, "unit": unit}, text)


def section(key: str, title: str, rows: Iterable[list[Item]]) -> Section:
    """A section; the rows may be worked out as they are read."""
    return Section(key, title, list(rows))


def _of_field(row: models.Model, name: str) -> Item:
    field: Any = row._meta.get_field(name)
    value = getattr(row, name)
    text = str(getattr(row, f"get_{name}_display")()) if field.choices else _words(value)
    return Item(name, capfirst(str(field.verbose_name)), _plain(value), text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if value is None or isinstance(value, bool | int) else str(value)


def _words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, int | Decimal):
        return format_number(value)
    return str(value)
