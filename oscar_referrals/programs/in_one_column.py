"""The limits and tiers of a version as one column of another query, so that they cost none.

A storefront page with referral content may cost two queries in all; sentences need these rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from oscar_referrals.programs.models import IncentiveTier, Limit

#: Neither stands in a choice, a currency code or a number.
BETWEEN_VALUES = "|"
LIMIT = ("scope", "window", "measure", "currency", "amount")
TIER = ("from_number", "currency", "value", "percent")


class Joined(Aggregate):
    """All rows' text with commas between them, on any database that Django supports."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's own function."""
        return super().as_sql(
            compiler,
            connection,
            template="STRING_AGG(%(expressions)s, ',')",
            **extra,
        )


def limits_of(version_id: str) -> Coalesce:
    """The limits of the version that the outer query's column names."""
    return _joined(Limit.objects.filter(version=OuterRef(version_id)), "version", LIMIT)


def tiers_of(incentive_id: str) -> Coalesce:
    """The tiers of the incentive that the outer query's column names."""
    return _joined(
        IncentiveTier.objects.filter(incentive=OuterRef(incentive_id)), "incentive", TIER
    )


def as_limits(column: str, **fields: Any) -> list[Limit]:
    """The limits in such a column."""
    return sorted(
        (
            Limit(**fields, **dict(zip(LIMIT[:-1], values, strict=False)), amount=int(values[-1]))
            for values in _rows(column)
        ),
        key=lambda limit: (limit.scope, limit.window, limit.measure, limit.currency),
    )


def as_tiers(column: str, **fields: Any) -> list[IncentiveTier]:
    """The tiers in such a column, from the first on."""
    tiers = [
        IncentiveTier(
            **fields,
            from_number=int(number),
            currency=currency,
            value=int(value) if value else None,
            percent=Decimal(percent) if percent else None,
        )
        for number, currency, value, percent in _rows(column)
    ]
    return sorted(tiers, key=lambda tier: (tier.from_number, tier.currency))


def remember(instance: Any, relation: str, rows: list[Any]) -> None:
    """Fill the cache that prefetch_related would fill."""
    queryset = getattr(instance, relation).all()
    queryset._result_cache = rows
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = queryset


def _joined(rows: Any, group: str, names: tuple[str, ...]) -> Coalesce:
    texts = [Coalesce(Cast(F(name), CharField()), Value("")) for name in names]
    parts = [part for text in texts for part in (text, Value(BETWEEN_VALUES))][:-1]
    joined = rows.order_by().values(group).annotate(rows=Joined(Concat(*parts))).values("rows")
    return Coalesce(Subquery(joined), Value(""), output_field=CharField())


def _rows(column: str) -> list[list[str]]:
    return [row.split(BETWEEN_VALUES) for row in column.split(",") if row]
