"""Run Oscar's own test-suite in a shop without the referral apps and in one with them.

    python -m scripts.oscar_suite CHECKOUT                all four runs
    python -m scripts.oscar_suite CHECKOUT sqlite-with    this one; the others' lists are kept

CHECKOUT is a git checkout of Oscar's public repository at the supported release. Its tests run
against the Oscar that is installed, with settings that extend the suite's own by the lines a shop
adds. Each run leaves a list of test ids and results under docs/reference/oscar-suite, and the page
beside it says what differs. Fails when a test that passes without the apps does not pass with them.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "oscar-suite.md"
LISTS = PAGE.with_suffix("")
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
RUNS = tuple(f"{database}-{apps}" for database in DATABASES for apps in ("without", "with"))

SETTINGS = '''\
"""The settings of Oscar's suite and the lines a shop adds for the referral apps."""
from tests.settings import *

from oscar_referrals.defaults import OSCAR_DASHBOARD_NAVIGATION as REFERRAL_NAVIGATION

INSTALLED_APPS = ["oscar_referrals", "oscar_referrals.dashboard", *INSTALLED_APPS, "import_export"]
MIDDLEWARE = list(MIDDLEWARE)
MIDDLEWARE.insert(
    MIDDLEWARE.index("oscar.apps.basket.middleware.BasketMiddleware") + 1,
    "oscar_referrals.checkout.middleware.ReferralMiddleware",
)
OSCAR_DASHBOARD_NAVIGATION = OSCAR_DASHBOARD_NAVIGATION + REFERRAL_NAVIGATION
ROOT_URLCONF = "suite_urls"
'''

URLS = '''\
"""The addresses of Oscar's suite, with those of the referral apps before them."""
import importlib

from django.apps import apps
from django.urls import include, path
from tests._site import urls as oscars

# Oscar's tests reload the root URLs when they change a setting that its views read on import.
oscars = importlib.reload(oscars)
handler403, handler404, handler500 = oscars.handler403, oscars.handler404, oscars.handler500
urlpatterns = [
    path("dashboard/referrals/", apps.get_app_config("oscar_referrals_dashboard").urls),
    path("", include("oscar_referrals.urls")),
    *oscars.urlpatterns,
]
'''


@dataclass(frozen=True)
class Run:
    """One run's list: where and on what it ran, and each test's result."""

    about: str
    results: dict[str, str]

    @property
    def commit(self) -> str:
        """The commit of Oscar's repository that the tests are of."""
        return self.about.partition(" commit ")[2].partition(" ")[0]

    def save(self, name: str) -> None:
        lines = [
            f"# {self.about}",
            *(f"{self.results[test]:8}{test}" for test in sorted(self.results)),
        ]
        LISTS.mkdir(parents=True, exist_ok=True)
        (LISTS / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, name: str) -> Run:
        """The list of an earlier run; raises FileNotFoundError where there was none."""
        about, *lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        pairs = (line.split(maxsplit=1) for line in lines)
        return cls(about.removeprefix("# "), {test: result for result, test in pairs})


def main() -> int:
    parser = argparse.ArgumentParser(description="Run Oscar's own test-suite with and without us.")
    parser.add_argument("checkout", type=Path, help="a git checkout of Oscar's repository")
    parser.add_argument("runs", nargs="*", metavar="RUN", help=f"some of {', '.join(RUNS)}")
    arguments = parser.parse_args()
    unknown = set(arguments.runs) - set(RUNS)
    if unknown:
        parser.error(f"there is no run named {', '.join(sorted(unknown))}")
    checkout = arguments.checkout.resolve()
    if not (checkout / "tests" / "_site").is_dir():
        parser.error(f"{checkout} is no checkout of Oscar's repository")
    for name in arguments.runs or RUNS:
        run_suite(checkout, name).save(name)
    runs = {name: Run.load(name) for name in RUNS if (LISTS / f"{name}.txt").exists()}
    PAGE.write_text(page(runs), encoding="utf-8")
    broken = [line for database in DATABASES for line in broken_by_us(runs, database)]
    print(*broken, f"{len(broken)} tests pass without the apps and not with them.", sep="\n")
    return 1 if broken else 0


def run_suite(checkout: Path, name: str) -> Run:
    """Run Oscar's tests once; raises CalledProcessError when pytest itself breaks down."""
    database, _, apps = name.partition("-")
    print(f"\n=== {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="oscar-suite-") as directory:
        report = Path(directory) / "report.xml"
        (Path(directory) / "suite_settings.py").write_text(SETTINGS, encoding="utf-8")
        (Path(directory) / "suite_urls.py").write_text(URLS, encoding="utf-8")
        with database_of(database) as (product, environment):
            command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"]
            command += ["-p", "no:randomly", "-W", "ignore"]
            command += ["-o", "junit_family=xunit1", f"--junitxml={report}"]
            settings = "suite_settings" if apps == "with" else "tests.settings"
            done = subprocess.run(
                command,
                cwd=checkout,
                env={
                    **os.environ,
                    **environment,
                    "PYTHONPATH": directory,
                    "DJANGO_SETTINGS_MODULE": settings,
                },
                check=False,
            )
        if done.returncode not in (0, 1):
            done.check_returncode()
        return Run(f"{suite_of(checkout)}; {installed()}, {product}", dict(results_in(report)))


@contextmanager
def database_of(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A database's product and release, and the variables by which Oscar's settings find it."""
    if name == "sqlite":
        yield (
            f"SQLite {sqlite3.sqlite_version}",
            {"DATABASE_ENGINE": "django.db.backends.sqlite3", "DATABASE_NAME": ":memory:"},
        )
        return
    import psycopg

    with postgres.database_url() as url:
        with psycopg.connect(url) as connection:
            info = connection.info
            release = info.parameter_status("server_version")
            address = {
                "DATABASE_ENGINE": "django.db.backends.postgresql",
                "DATABASE_NAME": info.dbname,
                "DATABASE_USER": info.user,
                "DATABASE_PASSWORD": info.password,
                "DATABASE_HOST": info.host,
                "DATABASE_PORT": str(info.port),
            }
        yield f"PostgreSQL {release}", address


def suite_of(checkout: Path) -> str:
    """Which state of Oscar's repository the tests are."""
    git = ["git", "-C", str(checkout), "log", "-1", "--date=short", "--format=%H of %cd"]
    commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    return f"tests of Oscar's commit {commit}"


def installed() -> str:
    """The releases that the tests ran against."""
    return (
        f"django-oscar {version('django-oscar')}, Django {version('django')}, "
        f"Python {platform.python_version()}"
    )


def results_in(report: Path) -> Iterator[tuple[str, str]]:
    """Each test's id and result from pytest's report."""
    for case in ElementTree.parse(report).iter("testcase"):
        path, name = case.attrib["file"], case.attrib["name"]
        module = path.removesuffix(".py").replace("/", ".")
        classes = case.attrib["classname"].removeprefix(module).strip(".").split(".")
        result = next(
            (child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed"
        )
        yield "::".join(filter(None, (path, *classes, name))), result.replace("failure", "failed")


def broken_by_us(runs: dict[str, Run], database: str) -> list[str]:
    """The tests that pass without the apps and don't with them, with what they do instead."""
    without, with_apps = (runs.get(f"{database}-{apps}") for apps in ("without", "with"))
    if without is None or with_apps is None:
        return []
    return [
        f"{database}: {with_apps.results.get(test, 'missing')} {test}"
        for test, result in sorted(without.results.items())
        if result == "passed" and with_apps.results.get(test) != "passed"
    ]


def page(runs: dict[str, Run]) -> str:
    """The documentation's page about the lists that there are."""
    commits = sorted({run.commit for run in runs.values()})
    lines = [INTRODUCTION.format(commit=" or ".join(commits)), "## Results", ""]
    lines += ["| database | apps | tests | passed | failed | error | skipped |"]
    lines += ["| --- | --- | --: | --: | --: | --: | --: |"]
    for name, run in runs.items():
        database, _, apps = name.partition("-")
        counts = Counter(run.results.values())
        numbers = (counts[result] for result in ("passed", "failed", "error", "skipped"))
        cells = (f"[{DATABASES[database]}](oscar-suite/{name}.txt)", apps, len(run.results))
        lines.append(f"| {' | '.join(map(str, (*cells, *numbers)))} |")
    lines += ["", *(f"- `{name}`: {run.about}" for name, run in runs.items()), ""]
    for database, title in DATABASES.items():
        lines += section(runs, database, title)
    return "\n".join(lines)


def section(runs: dict[str, Run], database: str, title: str) -> list[str]:
    """What differs on one database, and what fails there in any case."""
    without, with_apps = (runs.get(f"{database}-{apps}") for apps in ("without", "with"))
    if without is None or with_apps is None:
        return []
    results = [
        (test, without.results.get(test, "missing"), with_apps.results.get(test, "missing"))
        for test in sorted(without.results.keys() | with_apps.results.keys())
    ]
    differing = [
        f"- `{test}`: {before} without, {after} with"
        for test, before, after in results
        if before != after
    ]
    failing = [f"- `{test}`" for test, before, _after in results if before in ("failed", "error")]
    return [
        f"## {title}",
        "",
        *(differing or ["No test's result differs between the two runs."]),
        "",
        "Failing without the apps:",
        "",
        *(failing or ["none."]),
        "",
    ]


INTRODUCTION = """\
# Oscar's own test-suite

The first promise of this project is that a shop's Oscar stays as it is. Oscar's own tests are the
guard of it: no test that passes in a shop without the referral apps may fail in one with them.

The suite runs once with its own settings and once with the lines that a shop adds for the referral
apps, on SQLite and on PostgreSQL. The tests are of the commit below; what they test is Oscar's
release as it is installed, not the code beside them.

```console
$ git clone https://github.com/django-oscar/django-oscar oscar
$ git -C oscar checkout {commit}
$ make oscar-suite OSCAR=oscar
```

The command writes this page and the lists of test ids and results that it links to, and fails when
a test passes without the apps and does not with them.
"""


if __name__ == "__main__":
    sys.exit(main())
