"""Build the test database once, and go back to it after a test that has committed.

Wagtail's hundred migrations are most of a short test run, so on SQLite later runs begin with a
copy. Django empties every table after such a test and asks each app for its first rows again, which
takes longer than most of these tests. SQLite copies the whole in a fraction of that, and on
PostgreSQL only tables with rows are emptied, past their triggers, which takes a superuser.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

ROOT = Path(__file__).resolve().parent.parent
# The files of this tree that decide what is in a new database; the other apps' are in releases.
BUILD_PLANS = (
    "oscar_referrals/guards/**/*.py",
    "*/migrations/*.py",
    "tests/projects/**/*.py",
)


def begin() -> bool:
    """Put an earlier run's database where this run's belongs, if there is one.

    Answers whether `remove` is in charge of it.
    """
    if connection.vendor != "sqlite":
        return False
    remove()
    if _original().exists():
        shutil.copyfile(_original(), connection.settings_dict["TEST"]["NAME"])
    return True


def keep() -> None:
    """Keep the new database, still empty, to go back to it; on SQLite for later runs as well."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
            for table in _with_rows(cursor):
                cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')
    if connection.vendor != "sqlite" or _original().exists():
        return
    unfinished = _original().with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(unfinished) as target:
        connection.connection.backup(target)
    target.close()
    unfinished.replace(_original())


def restore() -> None:
    """Make the database what it was before the first test."""
    if connection.vendor == "postgresql":
        _restore_rows()
    else:
        connection.ensure_connection()
        _original_in_memory().backup(connection.connection)
    # Both remember rows by number.
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()


def remove() -> None:
    """Remove this run's database."""
    if connection.vendor == "sqlite":
        connection.close()
        name = Path(connection.settings_dict["TEST"]["NAME"])
        for path in name.parent.glob(f"{name.name}*"):
            path.unlink()


@cache
def _original() -> Path:
    plans = sorted(path for pattern in BUILD_PLANS for path in ROOT.glob(pattern))
    releases = sorted(f"{found.name} {found.version}" for found in distributions())
    project = (settings.SETTINGS_MODULE, str(settings.REAL_MIGRATIONS))
    state = sha256("\n".join((*project, *releases)).encode())
    for path in plans:
        state.update(path.read_bytes())
    return settings.SCRATCH / f"empty-{state.hexdigest()[:16]}.sqlite3"


@cache
def _original_in_memory() -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    with sqlite3.connect(_original()) as original:
        original.backup(memory)
    original.close()
    return memory


def _restore_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'")
        kept = [table for (table,) in cursor.fetchall()]
        statements = [f'DELETE FROM "{table}"' for table in {*_with_rows(cursor), *kept}]
        statements += [f'INSERT INTO "{table}" SELECT * FROM kept."{table}"' for table in kept]
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(statements))


def _with_rows(cursor: CursorWrapper) -> list[str]:
    tables = connection.introspection.table_names(cursor)
    cursor.execute(
        " UNION ALL ".join(
            f"""SELECT '{table}' WHERE EXISTS (SELECT FROM "{table}")""" for table in tables
        )
    )
    return [table for (table,) in cursor.fetchall()]
