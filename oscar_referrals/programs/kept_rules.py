"""The rows that a published version's rules are made of, kept for everybody.

The database holds that they never change (`guards`): what was read once is true for good. So
whoever opens a share link finds them in the cache.
"""

from __future__ import annotations

from functools import cache, partial
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.db.models import Model, prefetch_related_objects

from oscar_referrals import conf
from oscar_referrals.programs.in_one_column import remember
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    IncentiveTier,
    Limit,
    Program,
    ProgramVersion,
)

#: Seconds. Only so that what nobody asks for any more makes room.
KEPT = 24 * 60 * 60
ROWS = ("incentives__amounts", "incentives__tiers", "limits")


def load_rules(version: ProgramVersion) -> None:
    """Load the version's incentives with their amounts and tiers, and its limits.

    No query for a published version that somebody has asked for before; four for others. The rows
    are the caller's own.
    """
    if version.published_at is None or _is_loaded(version):
        prefetch_related_objects([version], *ROWS)
        return
    store, key = caches[conf.get().CACHE_ALIAS], _key(version)
    kept = store.get(key)
    if kept is None:
        prefetch_related_objects([version], *ROWS)
        store.set(key, _to_keep(version), KEPT)
    else:
        _give(version, kept)


def load_current(program: Program) -> None:
    """Load the program's current version and its rules, as `load_rules`; nothing if it has none.

    No query if somebody has asked for it before. Who published it isn't known then.
    """
    if program.current_version_id is None:
        return
    store, key = caches[conf.get().CACHE_ALIAS], _key_of_current(program)
    kept = store.get(key)
    if kept is None:
        version = program.current_version
        assert version is not None
        prefetch_related_objects([version], *ROWS)
        # What may still change of it: the account of whoever published it may be deleted. While it
        # is the current one it is not superseded.
        version.published_by = None
        store.set(key, {"version": _values([version]), **_to_keep(version)}, KEPT)
    else:
        [version] = _rows(ProgramVersion, kept["version"], program._state.db, program=program)
        program.current_version = version
        _give(version, kept)


def _is_loaded(version: ProgramVersion) -> bool:
    loaded = version.__dict__.get("_prefetched_objects_cache", {})
    return "incentives" in loaded and "limits" in loaded


def _key(version: ProgramVersion) -> str:
    # When it was published, because another database may count its versions from one again.
    published = version.published_at.isoformat() if version.published_at else ""
    return f"oscar_referrals:rules:{_shape()}:{version._state.db}:{version.pk}:{published}"


def _key_of_current(program: Program) -> str:
    # When the program was made, for the reason given above.
    made, number = program.created_at.isoformat(), program.current_version_id
    return f"oscar_referrals:current:{_shape()}:{program._state.db}:{program.pk}:{made}:{number}"


@cache
def _shape() -> str:
    """Tells rows that were kept before an update of the apps from those with its columns."""
    models = (ProgramVersion, Incentive, IncentiveAmount, IncentiveTier, Limit)
    columns = [_columns(model) for model in models]
    return sha256(repr(columns).encode()).hexdigest()[:12]


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _to_keep(version: ProgramVersion) -> dict[str, Any]:
    incentives: list[Incentive] = list(version.incentives.all())
    for incentive in incentives:
        # The one thing that may still change. Who reads a published version asks for its products.
        incentive.range = None
    return {
        "limits": _values(version.limits.all()),
        "incentives": _values(incentives),
        "amounts": [_values(incentive.amounts.all()) for incentive in incentives],
        "tiers": [_values(incentive.tiers.all()) for incentive in incentives],
    }


def _values(rows: Any) -> list[list[Any]]:
    return [[getattr(row, name) for name in _columns(type(row))] for row in rows]


def _give(version: ProgramVersion, kept: dict[str, Any]) -> None:
    rows = partial(_rows, alias=version._state.db)
    incentives = rows(Incentive, kept["incentives"], version=version)
    for incentive, amounts, tiers in zip(incentives, kept["amounts"], kept["tiers"], strict=True):
        remember(incentive, "amounts", rows(IncentiveAmount, amounts, incentive=incentive))
        remember(incentive, "tiers", rows(IncentiveTier, tiers, incentive=incentive))
    remember(version, "incentives", incentives)
    remember(version, "limits", rows(Limit, kept["limits"], version=version))


def _rows(model: Any, values: list[list[Any]], alias: str | None, **owner: Any) -> list[Any]:
    found = [model.from_db(alias, _columns(model), row) for row in values]
    for row in found:
        for name, instance in owner.items():
            setattr(row, name, instance)
    return found
