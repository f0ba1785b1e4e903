"""The guards as PostgreSQL triggers (15 or newer)."""

from __future__ import annotations

from oscar_referrals.guards.rows import (
    ALWAYS,
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
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE t.tgname LIKE 'rf_guard_%' AND t.tgenabled <> 'D'"
)


def create(guard: Guard, columns: list[str]) -> list[str]:
    """A trigger function and its trigger; replaces those that are there."""
    events = ["UPDATE"]
    events += ["DELETE"] if guard.delete else []
    events += ["INSERT"] if guard.insert else []
    return [
        f"""
        CREATE OR REPLACE FUNCTION {_name(guard)}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        DECLARE
            state text;
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                {_look_up(guard, "OLD")}
                IF {_is_frozen(guard)} AND (TG_OP = 'DELETE' OR {_is_changed(guard, columns)}) THEN
                    {_refuse(guard)}
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            {_arrival(guard)}
            RETURN NEW;
        END
        $guard$
        """,
        f"""
        CREATE OR REPLACE TRIGGER {_name(guard)} BEFORE {" OR ".join(events)} ON {guard.table}
        FOR EACH ROW EXECUTE FUNCTION {_name(guard)}()
        """,
    ]


def drop(guard: Guard) -> list[str]:
    """Takes both away."""
    return [
        f"DROP TRIGGER IF EXISTS {_name(guard)} ON {guard.table}",
        f"DROP FUNCTION IF EXISTS {_name(guard)}()",
    ]


def _name(guard: Guard) -> str:
    return f"rf_guard_{guard.model.lower()}"


def _look_up(guard: Guard, row: str) -> str:
    """Read the version's status. The shared lock waits for a publication that is under way."""
    if guard.frozen == VERSION:
        where = f"v.id = {row}.version_id"
        source = f"{version_table()} v"
    elif guard.frozen == INCENTIVE:
        where = f"i.id = {row}.incentive_id"
        source = f"{incentive_table()} i JOIN {version_table()} v ON v.id = i.version_id"
    elif guard.frozen == CAPTURED:
        return f"state := {row}.state;"
    else:
        return f"state := {row}.status;" if guard.frozen == OWN else "state := 'frozen';"
    return f"SELECT v.status INTO state FROM {source} WHERE {where} FOR SHARE OF v;"


def _is_frozen(guard: Guard) -> str:
    if guard.frozen == CAPTURED:
        return "state = 'captured'"
    return "TRUE" if guard.frozen == ALWAYS else "state <> 'draft'"


def _is_changed(guard: Guard, columns: list[str]) -> str:
    changes = [
        f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in guarded_columns(guard, columns)
    ]
    changes += [
        f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in guard.may_clear
    ]
    changes += [
        f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in guard.may_fill
    ]
    if guard.frozen == OWN:
        changes.append("NEW.status = 'draft'")
    return f"({' OR '.join(changes)})"


def _arrival(guard: Guard) -> str:
    """A row that is added to a published version, or moved to one."""
    if not guard.insert:
        return ""
    parent = "version_id" if guard.frozen == VERSION else "incentive_id"
    return f"""
            IF TG_OP = 'UPDATE' THEN
                IF NEW.{parent} = OLD.{parent} THEN
                    RETURN NEW;
                END IF;
            END IF;
            {_look_up(guard, "NEW")}
            IF state <> 'draft' THEN
                {_refuse(guard)}
            END IF;
    """


def _refuse(guard: Guard) -> str:
    return f"RAISE EXCEPTION '{message(guard)}' USING ERRCODE = 'integrity_constraint_violation';"
