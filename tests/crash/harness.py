"""Let a child process die at a step of the database, on a copy of the test database.

A step is the moment before a statement, and those before and after a commit. The child is a fork:
it starts with everything loaded, opens a connection of its own, and ends by `os._exit`, so that
nothing is rolled back, flushed or closed by Python.
"""

from __future__ import annotations

import os
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

#: How many steps of each scenario are tried; 0 for all of them.
STEPS = int(os.environ.get("CRASH_STEPS", "6"))

DONE, DIED, FAILED = 0, 9, 3


class Snapshot:
    """The test database as it is when this is made, to be copied as often as one likes."""

    def __init__(self, directory: Path) -> None:
        self._name = connection.settings_dict["NAME"]
        self._directory = directory
        self._number = 0
        self._origin = self._new_name()
        self._copy(self._name, self._origin)

    @contextmanager
    def copy(self) -> Iterator[None]:
        """Within, the default connection is to a fresh copy."""
        name = self._new_name()
        self._copy(self._origin, name)
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = self._name
            self._drop(name)

    def close(self) -> None:
        """Remove what the copies were made of."""
        self._drop(self._origin)

    def _new_name(self) -> str:
        self._number += 1
        if connection.vendor == "sqlite":
            return str(self._directory / f"crash-{self._number}.sqlite3")
        return f"crash_{os.getpid()}_{self._number}"

    def _copy(self, source: str, target: str) -> None:
        if connection.vendor == "sqlite":
            connection.close()
            # Through SQLite, since a part of it may stand in the write-ahead log.
            with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
                read.backup(written)
            read.close()
            written.close()
            return
        # A template must have no connections.
        connection.close()
        self._admin(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def _drop(self, name: str) -> None:
        if connection.vendor == "sqlite":
            for path in Path(name).parent.glob(f"{Path(name).name}*"):
                path.unlink()
        else:
            self._admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @staticmethod
    def _admin(statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def run(action: Callable[[], Any], *, die_at: int | None = None) -> tuple[int, int]:
    """Run the action in a child that dies at this step; its exit code, and the steps it took."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = FAILED
        try:
            counter = _Steps(die_at)
            counter.install()
            action()
            os.write(writing, str(counter.number).encode())
            code = DONE
        except BaseException:  # noqa: BLE001 - the child leaves by its exit code alone
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    _child, status = os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        steps = int(pipe.read() or 0)
    return os.waitstatus_to_exitcode(status), steps


def chosen(steps: int) -> list[int]:
    """Which of the steps are tried: all, or some spread evenly with the first and the last."""
    if not STEPS or steps <= STEPS:
        return list(range(1, steps + 1))
    return sorted({1 + round(number * (steps - 1) / (STEPS - 1)) for number in range(STEPS)})


class _Steps:
    """Counts the steps of this process, and ends it at one."""

    def __init__(self, die_at: int | None) -> None:
        self.die_at = die_at
        self.number = 0

    def install(self) -> None:
        """For the connection that this process opens next."""
        connection.execute_wrappers.append(self._execute)
        commit = connection._commit

        def counted_commit() -> None:
            self._step()
            commit()
            self._step()

        connection._commit = counted_commit

    def _execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._step()
        return execute(sql, params, many, context)

    def _step(self) -> None:
        self.number += 1
        if self.number == self.die_at:
            os._exit(DIED)
