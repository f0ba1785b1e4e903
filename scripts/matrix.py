"""Run the tests on the supported combinations that `make test` leaves out.

Uses every interpreter it finds that really starts, and says at the end what it ran and what not.
`python scripts/matrix.py 3.13` keeps to one Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.12", "3.13")
DJANGOS = ("5.2", "6.0", "6.1")
WAGTAILS = ("7.4", "8.0")


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


def run(interpreter: str, name: str, django: str, wagtail: str) -> bool:
    directory = ROOT / ".venv-matrix" / name
    python = str(directory / "bin" / "python")
    full = "--settings=tests.projects.full.settings"
    commands = (
        [interpreter, "-m", "venv", "--clear", str(directory)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--editable", ".[test]", f"django=={django}.*", f"wagtail=={wagtail}.*"],
        [python, "-m", "django", "makemigrations", "--check", "--dry-run", full]
        + ["oscar_referrals", "wagtail_referrals"],
        [python, "-m", "pytest", "--quiet", "--numprocesses=2", "tests"]
        + [f"--ignore=tests/{folder}" for folder in ("races", "browser", "packaging")],
    )
    print(f"\n=== {name}", flush=True)
    environment = {**os.environ, "REAL_MIGRATIONS": "1"}
    return all(
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
        for command in commands
    )


def main(pythons: list[str]) -> int:
    lines = []
    failed = False
    for version in PYTHONS:
        found = interpreter(version)
        for django, wagtail in product(DJANGOS, WAGTAILS):
            name = f"python{version}-django{django}-wagtail{wagtail}"
            if pythons and version not in pythons:
                lines.append(f"not run {name}: not asked for")
            elif found is None:
                lines.append(f"not run {name}: no Python {version} found")
            elif run(found, name, django, wagtail):
                lines.append(f"ok      {name}")
            else:
                lines.append(f"FAILED  {name}")
                failed = True
    print("\n=== summary", *lines, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
