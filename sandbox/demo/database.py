"""Makes the sandbox's database and files, and takes them away again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from home.models import HomePage

from .loader import load_demo
from .progress import Progress


class QuietMigrateCommand(MigrateCommand):
    """``migrate`` that only tells when each migration is done."""

    def __init__(self, advance: Callable[[], None]) -> None:
        super().__init__()
        self._advance = advance

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        if action == "apply_success":
            self._advance()


def prepare(progress: Progress) -> None:
    """Bring the database up to date and load what the demonstration lacks."""
    Path(settings.VAR_DIR).mkdir(exist_ok=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with progress.step("Creating tables", total=len(plan)) as advance:
            call_command(QuietMigrateCommand(advance), verbosity=0, interactive=False)
    load_demo(progress)


def forget_everything() -> None:
    """Delete all tables, uploaded pictures and kept mail of the sandbox.

    Raises CommandError for a database elsewhere that holds tables, but not the sandbox's.
    """
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(settings.DATABASES["default"]["NAME"])
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
    else:
        tables = connection.introspection.table_names()
        if tables and HomePage._meta.db_table not in tables:
            raise CommandError("This database is not the sandbox's. Nothing was deleted.")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    for folder in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH):
        shutil.rmtree(folder, ignore_errors=True)
