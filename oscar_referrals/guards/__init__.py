"""Database triggers under the rows that must never change, on PostgreSQL and SQLite.

They stand beneath the checks in Python, which bulk statements and other programs go round. On any
other database `install` and `remove` do nothing.

Installed after every `migrate`, not by a migration: SQLite forgets a table's triggers when a later
migration rebuilds the table, and refuses to rebuild one that another table's trigger mentions. So
they are taken off before a migration on SQLite, and put on again after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

from oscar_referrals.guards import postgresql, sqlite
from oscar_referrals.guards.rows import GUARDS, Guard

DIALECTS = {"postgresql": postgresql, "sqlite": sqlite}


def connect(app: AppConfig) -> None:
    """Keep the guards in step with the tables; called once, by the app's configuration."""
    pre_migrate.connect(_before_migrate, sender=app, dispatch_uid="oscar_referrals.guards")
    post_migrate.connect(_after_migrate, sender=app, dispatch_uid="oscar_referrals.guards")


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards on all tables that exist. Safe to call again."""
    dialect = DIALECTS.get(connection.vendor)
    if dialect is not None:
        for guard, columns in _present(connection):
            _execute(connection, dialect.create(guard, columns))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards off, for a data migration or a test that has to clean up."""
    dialect = DIALECTS.get(connection.vendor)
    if dialect is not None:
        for guard in _of_tables(connection):
            _execute(connection, dialect.drop(guard))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that have no guard; empty on a database for which there are none."""
    dialect = DIALECTS.get(connection.vendor)
    if dialect is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(dialect.GUARDED_TABLES)
        guarded = {row[0] for row in cursor.fetchall()}
    return [guard.table for guard in _of_tables(connection) if guard.table not in guarded]


def _before_migrate(*, using: str, plan: Any, **kwargs: Any) -> None:
    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def _after_migrate(*, using: str, **kwargs: Any) -> None:
    install(connections[using])


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _present(connection: BaseDatabaseWrapper) -> Iterator[tuple[Guard, list[str]]]:
    """The guards whose tables exist, with the columns the tables have now."""
    for guard in _of_tables(connection):
        with connection.cursor() as cursor:
            # Django's own description of a table reads the statement that made it word by word.
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(guard.table)} LIMIT 0")
            columns = [column[0] for column in cursor.description]
        yield guard, columns


def _of_tables(connection: BaseDatabaseWrapper) -> list[Guard]:
    tables = set(connection.introspection.table_names())
    return [guard for guard in GUARDS if guard.table in tables]
