"""The guards as SQLite triggers."""

from __future__ import annotations

from oscar_referrals.guards.rows import (
    CAPTURED,
    INCENTIVE,
    OWN,
    VERSION,
    Guard,
    guarded_columns,
    message,
)
from oscar_referrals.guards.tables import incentive_table, version_table

GUARDED_TABLES = (
    "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rf_guard_%'"
)


def create(guard: Guard, columns: list[str]) -> list[str]:
    """One trigger per event; replaces those that are there."""
    changed = _is_changed(guard, columns)
    frozen = _is_frozen(guard, "OLD")
    update = f"{frozen} AND ({changed})"
    if guard.insert:
        update = f"({update}) OR {_is_frozen(guard, 'NEW')} AND ({changed})"
    statements = [*drop(guard), _trigger(guard, "UPDATE", update)]
    if guard.delete:
        statements.append(_trigger(guard, "DELETE", frozen))
    if guard.insert:
        statements.append(_trigger(guard, "INSERT", _is_frozen(guard, "NEW")))
    return statements


def drop(guard: Guard) -> list[str]:
    """Takes them away."""
    return [
        f"DROP TRIGGER IF EXISTS {_name(guard, event)}" for event in ("UPDATE", "DELETE", "INSERT")
    ]


def _trigger(guard: Guard, event: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {_name(guard, event)} BEFORE {event} ON {guard.table} FOR EACH ROW "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message(guard)}'); END"
    )


def _name(guard: Guard, event: str) -> str:
    return f"rf_guard_{guard.model.lower()}_{event.lower()}"


def _is_frozen(guard: Guard, row: str) -> str:
    if guard.frozen == OWN:
        return f"{row}.status <> 'draft'"
    if guard.frozen == CAPTURED:
        return f"{row}.state = 'captured'"
    if guard.frozen == VERSION:
        return (
            f"(SELECT v.status FROM {version_table()} v WHERE v.id = {row}.version_id) <> 'draft'"
        )
    if guard.frozen == INCENTIVE:
        return (
            f"(SELECT v.status FROM {incentive_table()} i JOIN {version_table()} v "
            f"ON v.id = i.version_id WHERE i.id = {row}.incentive_id) <> 'draft'"
        )
    return "TRUE"


def _is_changed(guard: Guard, columns: list[str]) -> str:
    changes = [f"NEW.{name} IS NOT OLD.{name}" for name in guarded_columns(guard, columns)]
    changes += [
        f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in guard.may_clear
    ]
    changes += [
        f"(OLD.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in guard.may_fill
    ]
    if guard.frozen == OWN:
        changes.append("NEW.status = 'draft'")
    return " OR ".join(changes)
