"""Caps and the budget of a draft: one field for each, empty where there is no limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import currency_name, exponent, to_major, to_minor
from oscar_referrals.programs.models import Limit, ProgramVersion

Scope, Window, Measure = Limit.Scope, Limit.Window, Limit.Measure
#: A cap that nobody reaches is none.
MOST_REWARDS = 1_000_000
#: Scope, window, measure, currency: what makes a limit one.
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Group:
    """The fields under one heading."""

    title: str
    fields: list[forms.BoundField]


class LimitsForm(forms.Form):
    """All limits that a version can have."""

    def __init__(self, version: ProgramVersion, data: Mapping[str, Any] | None) -> None:
        known = {
            (row.scope, row.window, row.measure, row.currency): row.amount
            for row in version.limits.all()
        }
        self.version = version
        self.keys = {_name(key): key for key in _keys(known)}
        initial = {
            _name(key): to_major(amount, key[3]) if key[3] else amount
            for key, amount in known.items()
        }
        super().__init__(data, initial=initial, prefix="limits")
        for name, key in self.keys.items():
            self.fields[name] = _field(key)

    @property
    def has_any(self) -> bool:
        """Something is limited, or wrongly filled in."""
        return bool(self.initial or self.errors)

    def groups(self) -> list[Group]:
        """The budget, what each advocate gets at most, and each friend."""
        titles = {
            Scope.PROGRAM.value: _("Budget of the whole program"),
            Scope.ADVOCATE.value: _("Each advocate gets at most"),
            Scope.FRIEND.value: _("Each friend gets at most"),
        }
        return [
            Group(title, [self[name] for name, key in self.keys.items() if key[0] == scope])
            for scope, title in titles.items()
        ]

    def save(self) -> None:
        """Write the limits of the draft, and delete those that are empty now."""
        for name, key in self.keys.items():
            value = self.cleaned_data.get(name)
            scope, window, measure, currency = key
            rows = self.version.limits.filter(
                scope=scope, window=window, measure=measure, currency=currency
            )
            if not value:
                rows.delete()
                continue
            amount = to_minor(value, currency) if currency else int(value)
            if not rows.update(amount=amount):
                Limit.objects.create(
                    version=self.version,
                    scope=scope,
                    window=window,
                    measure=measure,
                    currency=currency,
                    amount=amount,
                )


def _keys(known: Mapping[Key, int]) -> Iterator[Key]:
    # A currency that was taken out of the settings stays visible while a draft names it.
    currencies = list(dict.fromkeys([*conf.get().currencies, *(key[3] for key in known)]))
    for currency in filter(None, currencies):
        yield Scope.PROGRAM.value, Window.EVER.value, Measure.MONEY.value, currency
    for scope in (Scope.ADVOCATE.value, Scope.FRIEND.value):
        for window in Window.values:
            yield scope, window, Measure.COUNT.value, ""
            for currency in filter(None, currencies):
                yield scope, window, Measure.MONEY.value, currency


def _name(key: Key) -> str:
    return "-".join(part for part in key if part)


def _field(key: Key) -> forms.Field:
    scope, window, _measure, currency = key
    of_window = str(Window(window).label)
    if not currency:
        label = _("Rewards %(window)s") % {"window": of_window}
        return forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST_REWARDS)
    if scope == Scope.PROGRAM:
        label = _("Budget in %(currency)s") % {"currency": currency_name(currency)}
    else:
        label = _("%(currency)s %(window)s") % {"currency": currency, "window": of_window}
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=exponent(currency),
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )
