"""Run the project's checks one after the other, and say at the end how each went.

    python scripts/run_checks.py              all of them
    python scripts/run_checks.py lint unit    these

Each check runs although one before it failed. Its output is also kept in tests/artifacts/logs.
Those that keep one core busy run first, as many at a time as there are workers, and print what
they have to say when they end; the others share their tests out among the workers themselves.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "tests" / "artifacts" / "logs"
PYTHON = sys.executable
OLDEST_WAGTAIL = ROOT / ".venv-wagtail74" / "bin" / "python"
WORKERS = os.environ.get("TEST_WORKERS", "2")

ON_POSTGRES = (PYTHON, "-m", "tests.postgres")
APART = (
    "browser",
    "golden",
    "packaging",
    "properties",
    "races",
    "crash",
    "sandbox",
    "swapped",
    "walk",
)
ORDINARY = ("tests", *(f"--ignore=tests/{name}" for name in APART))

#: Pages, mails and rules over queries that are tested on both databases. On PostgreSQL they are
#: tested when asked for: `make matrix` does.
FACES = ("account", "admin", "dashboard", "messages", "programs", "sharing")
#: Wagtail's tests have a project of their own.
BEHIND_THE_FACES = (*ORDINARY, *(f"--ignore=tests/{name}" for name in (*FACES, "wagtail")))
#: What of Wagtail's side asks a database for more than a page's own rows.
EVIDENCE = tuple(
    f"tests/wagtail/test_{name}.py" for name in ("editions", "evidence", "lists", "terms_source")
)
#: What random examples find, they find on SQLite.
WITHOUT_PROPERTIES = ("-m", "not hypothesis")


def pytest(
    *arguments: str,
    project: str = "full",
    python: str | Path = PYTHON,
    workers: str = WORKERS,
    browser: bool = False,
) -> tuple[str, ...]:
    return (
        str(python),
        "-m",
        "pytest",
        f"--ds=tests.projects.{project}.settings",
        "--durations=25",
        "--quiet",
        f"--numprocesses={workers}",
        # Whoever is done first takes what the other has not begun.
        *(() if workers == "0" else ("--dist=worksteal",)),
        # Each of many processes would take a second to load what only these tests need.
        *(() if browser else ("-p", "no:playwright")),
        *arguments,
    )


def migrations(python: str | Path) -> tuple[tuple[str, ...], ...]:
    django = (str(python), "-m", "django")
    full = "--settings=tests.projects.full.settings"
    apps = ("oscar_referrals", "wagtail_referrals")
    return (
        (*django, "check", full, "--fail-level=ERROR"),
        (*django, "makemigrations", *apps, "--check", "--dry-run", full),
    )


@dataclass(frozen=True)
class Check:
    """Commands that together answer one question."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    environment: dict[str, str] = field(default_factory=dict)


#: Each keeps one core busy; the longest first.
ON_ONE_CORE = (
    Check("races", ((*ON_POSTGRES, *pytest("tests/races", project="oscar_only", workers="0")),)),
    Check(
        "lint",
        ((PYTHON, "-m", "ruff", "check"), (PYTHON, "-m", "ruff", "format", "--check")),
    ),
    Check("contracts", ((str(Path(PYTHON).with_name("lint-imports")),),)),
    Check("types", ((PYTHON, "-m", "mypy"),)),
    Check("translations", ((PYTHON, "scripts/translations.py", "check"),)),
    Check("migrations", migrations(PYTHON), {"REAL_MIGRATIONS": "1"}),
    Check("migrations-wagtail74", migrations(OLDEST_WAGTAIL), {"REAL_MIGRATIONS": "1"}),
    Check("walk", (pytest("tests/walk", project="oscar_only", workers="0"),)),
    Check(
        "crash",
        (
            pytest("tests/crash", project="oscar_only", workers="0"),
            (*ON_POSTGRES, *pytest("tests/crash", project="oscar_only", workers="0")),
        ),
    ),
    Check("sandbox", (pytest("tests/sandbox", project="sandbox", workers="0"),)),
    Check(
        "docs",
        ((PYTHON, "-m", "sphinx", "-W", "--keep-going", "-q", "docs", "docs/_build/html"),),
    ),
    Check("packaging", (pytest("tests/packaging", workers="0"),)),
    Check("base-page", (pytest("tests/swapped", project="swapped", workers="0"),)),
    # Wagtail's side of it needs a project of its own.
    Check("postgres-wagtail", ((*ON_POSTGRES, *pytest(*EVIDENCE, workers="0")),)),
)

#: Each shares its tests out among the workers.
ON_ALL_CORES = (
    Check("unit", (pytest(*ORDINARY),)),
    # Ten thousand steps take minutes, and are the same in every project.
    Check("money", (pytest("tests/golden", "tests/properties", project="oscar_only"),)),
    Check("wagtail74", (pytest("tests/wagtail", python=OLDEST_WAGTAIL),)),
    # In a shop that has forked Oscar's apps: the plain one is tested on SQLite and by the races.
    Check(
        "postgres",
        ((*ON_POSTGRES, *pytest(*BEHIND_THE_FACES, *WITHOUT_PROPERTIES, project="forked")),),
    ),
    Check("browser", (pytest("tests/browser", "-m", "not wide", browser=True),)),
)

#: Only when named, as `make matrix` names them.
ON_REQUEST = (
    Check("desk", (pytest("tests/browser", "-m", "wide", browser=True),)),
    Check(
        "walk-on-postgres",
        ((*ON_POSTGRES, *pytest("tests/walk", project="oscar_only", workers="0")),),
    ),
    Check(
        "faces-on-postgres",
        (
            (*ON_POSTGRES, *pytest(*(f"tests/{name}" for name in FACES), project="forked")),
            (*ON_POSTGRES, *pytest("tests/wagtail")),
        ),
    ),
)


@dataclass
class Result:
    """How one check went."""

    name: str
    passed: bool
    seconds: float
    tests: str


def run(check: Check, *, at_once: bool = True) -> Result:
    """Run its commands; what they print is shown ``at_once``, or in one piece at the end."""
    started = time.monotonic()
    passed = True
    output = ""
    for command in check.commands:
        title = f"\n=== {check.name}: {' '.join(command)}\n"
        if at_once:
            print(title, end="", flush=True)
        printed = ""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **check.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if at_once:
                print(line, end="", flush=True)
            printed += line
        passed = process.wait() == 0 and passed
        if not at_once:
            print(title + printed, end="", flush=True)
        output += printed
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / f"{check.name}.log").write_text(output, encoding="utf-8")
    return Result(check.name, passed, time.monotonic() - started, closing_lines(output))


def closing_lines(output: str) -> str:
    """What pytest said last, of each of its runs."""
    lines = re.findall(r"^=*\s*((?:\d+ \w+, )*\d+ \w+) in [\d.]+s", output, re.MULTILINE)
    return "; ".join(lines)


def count(results: list[Result], outcome: str) -> int:
    return sum(
        int(number)
        for result in results
        for number in re.findall(rf"(\d+) {outcome}", result.tests)
    )


def wanted(checks: tuple[Check, ...], names: list[str]) -> list[Check]:
    return [check for check in checks if not names or check.name in names]


def main(names: list[str]) -> int:
    known = (*ON_ONE_CORE, *ON_ALL_CORES, *ON_REQUEST)
    unknown = set(names) - {check.name for check in known}
    if unknown:
        print(f"There is no check named {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=max(1, int(WORKERS))) as pool:
        results = list(pool.map(partial(run, at_once=False), wanted(ON_ONE_CORE, names)))
    later = (*ON_ALL_CORES, *(ON_REQUEST if names else ()))
    results += [run(check) for check in wanted(later, names)]
    print("\n=== summary")
    for result in results:
        verdict = "ok" if result.passed else "FAILED"
        print(f"{verdict:7}{result.name:22}{result.seconds:7.0f} s  {result.tests}")
    print(f"{'':7}{'all':22}{time.monotonic() - started:7.0f} s")
    if any(result.tests for result in results):
        failed = count(results, "failed") + count(results, "error")
        print(f"{count(results, 'passed')} passed, {failed} failed")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
