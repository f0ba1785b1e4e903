"""Build the SQLite test database once for a state of the tree, and begin later runs with a copy.

Wagtail's hundred migrations are most of a short test run.
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
from django.db import connection

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


def keep_for_later_runs() -> None:
    """Keep the new database, still empty, unless an earlier run has."""
    if connection.vendor != "sqlite" or _original().exists():
        return
    unfinished = _original().with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(unfinished) as target:
        connection.connection.backup(target)
    target.close()
    unfinished.replace(_original())


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
