"""Lists narrowed down to days of the shop, and which days and keys there can be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oscar_referrals.insight.moments import FIRST_DAY, LAST_DAY
from oscar_referrals.insight.periods import midnight

#: The largest key that a database takes.
BIGGEST = 2**63 - 1


#: Days that can be counted with in every time zone.
OF_A_SHOP = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DaysFilter(django_filters.FilterSet):
    """What narrows a list down to days of the shop. ``moment`` names the column."""

    moment = "created_at"

    start = django_filters.DateFilter(
        label=_("From"), method="begin", widget=DateInput, validators=OF_A_SHOP
    )
    end = django_filters.DateFilter(
        label=_("Until"), method="finish", widget=DateInput, validators=OF_A_SHOP
    )

    def begin(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        """What happened on that day and later."""
        return rows.filter(**{f"{self.moment}__gte": midnight(day)})

    def finish(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        """What happened on that day and earlier."""
        return rows.filter(**{f"{self.moment}__lt": midnight(day + timedelta(days=1))})
