"""Run the tests on the supported combinations that `make test` leaves out.

    python scripts/matrix.py               all of them
    python scripts/matrix.py 3.13 6.0      those with these releases only

One environment per Python, into which each combination puts its Django and Wagtail; each runs the
checks `migrations` and `unit` of `make test`. Uses every interpreter it finds that really starts,
and says at the end what it ran and what not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.12", "3.13")
#: Releases of Django and Wagtail that go together: Wagtail 7.4 does not know Django 6.1.
RELEASES = (("5.2", "7.4"), ("5.2", "8.0"), ("6.0", "7.4"), ("6.0", "8.0"), ("6.1", "8.0"))
CHECKS = ("migrations", "unit")


def candidates(version: str) -> Iterator[str]:
    """Where a Python of this release may be: on the path, or among those that pyenv installed."""
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(pyenv.glob(f"{version}.*/bin/python{version}"), reverse=True))


def interpreter(version: str) -> str | None:
    """The first candidate that starts; a pyenv shim exists without its version being active."""
    for path in candidates(version):
        done = subprocess.run([path, "-c", "import ensurepip"], capture_output=True, check=False)
        if done.returncode == 0:
            return path
    return None


def run(interpreter: str, version: str, django: str, wagtail: str) -> bool:
    """Install one combination and run its checks; whether all of it went well."""
    directory = ROOT / ".venv-matrix" / version
    python = str(directory / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    commands = (
        [interpreter, "-m", "venv", str(directory)],
        [*pip, "install", "--quiet"]
        + ["--editable", ".[test]", f"django=={django}.*", f"wagtail=={wagtail}.*"],
        [*pip, "check"],
        [*pip, "list", "--format=freeze"],
        [python, "scripts/run_checks.py", *CHECKS],
    )
    return all(
        subprocess.run(command, cwd=ROOT, check=False).returncode == 0 for command in commands
    )


def main(releases: list[str]) -> int:
    lines = []
    failed = False
    for version in PYTHONS:
        found = interpreter(version)
        for django, wagtail in RELEASES:
            name = f"Python {version}, Django {django}, Wagtail {wagtail}"
            if not set(releases) <= {version, django, wagtail}:
                lines.append(f"not run  {name}: not asked for")
                continue
            if found is None:
                lines.append(f"not run  {name}: no Python {version} found")
                continue
            print(f"\n=== {name}", flush=True)
            started = time.monotonic()
            passed = run(found, version, django, wagtail)
            failed = failed or not passed
            verdict = "ok" if passed else "FAILED"
            lines.append(f"{verdict:8} {name} ({time.monotonic() - started:.0f} s)")
    print("\n=== summary", *lines, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
