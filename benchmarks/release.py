"""How many rewards per second one, two and four workers of the periodic work release.

    python -m tests.postgres python -m benchmarks.release          # 1,000 rewards, 3 rounds
    python -m tests.postgres python -m benchmarks.release 200 2

A PostgreSQL of its own is filled by the services: paid orders of friends, a tenth as many
advocates, and every reward waiting for the end of its hold. Each measurement starts from a copy of
that database. The workers are processes; each has loaded the shop and opened its connection before
all of them begin at once, and what counts is the time until the last one finds nothing left.

The numbers of workers take turns, so that all see the same noise, and the fastest round
counts. After each measurement every reward has to be released exactly once, with a voucher and an
entry of its own, and `check_ledger` has to find nothing. Fails when that isn't so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from time import perf_counter, process_time
from typing import Any, NamedTuple

import django

REWARDS = 1_000
WORKERS = (1, 2, 4)
ROUNDS = 3
HOLD_DAYS = 14


class Measured(NamedTuple):
    """One measurement: seconds, what each worker settled, their CPU seconds, the load before."""

    seconds: float
    shares: tuple[int, ...]
    cpu: float
    load: float


def main(number: int, rounds: int) -> int:
    """Fill a database, measure each number of workers; answers 1 when anything is wrong."""
    wrong: list[str] = []
    seen: dict[int, list[Measured]] = {workers: [] for workers in WORKERS}
    with template() as name:
        started = perf_counter()
        moment = fill(number)
        print(f"{number:,} rewards, filled in {perf_counter() - started:.0f} s", flush=True)
        for _round in range(rounds):
            for workers in WORKERS:
                with copy_of(name) as copy:
                    measured = measure(copy, workers, moment)
                    wrong += findings(copy, number, measured)
                seen[workers].append(measured)
                print(f"{workers} workers: {measured.seconds:.1f} s", flush=True)
    report(number, seen)
    print("\n" + "\n".join(wrong or ["Every reward was released once, and the books agree."]))
    return 1 if wrong else 0


@contextmanager
def template() -> Iterator[str]:
    """The database that the measurements begin with a copy of."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    if connection.vendor != "postgresql":
        sys.exit(
            "Rows are claimed side by side on PostgreSQL: python -m tests.postgres python -m …"
        )
    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"release_{os.getpid()}"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield name
    finally:
        use(name)
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


@contextmanager
def copy_of(name: str) -> Iterator[str]:
    """A copy of a database, and gone afterwards."""
    from django.db import connection

    copy = f"{name}_copy"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    try:
        yield copy
    finally:
        use(name)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}"')


def use(name: str) -> None:
    """Let this process go on with another database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def fill(number: int) -> datetime:
    """Rewards on hold, by the services; answers a moment at which all holds are over."""
    from django.utils import timezone

    from oscar_referrals.rewards.due import count_due
    from oscar_referrals.rewards.settle import settle
    from oscar_referrals.test.factories import advocate, live_program
    from tests.rewards.cases import pay, referred

    program = live_program(hold_days=HOLD_DAYS)
    members = [advocate(program) for _member in range(max(1, number // 10))]
    for n in range(number):
        referral = referred(program, member=members[n % len(members)])
        pay(referral.order)
        settle(referral.pk)
    moment = timezone.now() + timedelta(days=HOLD_DAYS + 1)
    assert (count_due(), count_due(now=moment)) == (0, number)
    return moment


def measure(name: str, workers: int, moment: datetime) -> Measured:
    """Let so many workers release all that is due in a database."""
    load = os.getloadavg()[0]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.release", "work", name, moment.isoformat()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _worker in range(workers)
    ]
    for process in processes:
        assert says(process) == "ready"
    started = perf_counter()
    for process in processes:
        assert process.stdin is not None
        print("go", file=process.stdin, flush=True)
    answers = [says(process).split() for process in processes]
    seconds = perf_counter() - started
    for process in processes:
        process.communicate()
    shares = tuple(int(handled) for handled, _cpu in answers)
    return Measured(seconds, shares, sum(float(cpu) for _handled, cpu in answers), load)


def says(process: subprocess.Popen[str]) -> str:
    """The next line of a worker."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def work(name: str, moment: datetime) -> None:
    """The other end of `measure`: wait for the start, settle what is due; how much, and its CPU."""
    from django.db import connection
    from django.test.utils import setup_test_environment

    from oscar_referrals.rewards.due import count_due, settle_due

    # So that no mail leaves, whatever the settings say.
    setup_test_environment()
    use(name)
    # Connects, and loads what the first query loads.
    count_due(now=moment)
    assert connection.connection is not None
    print("ready", flush=True)
    sys.stdin.readline()
    started = process_time()
    progress = settle_due(now=moment)
    assert not progress.failed, progress.errors
    print(progress.handled, process_time() - started, flush=True)


def findings(name: str, number: int, measured: Measured) -> list[str]:
    """What is wrong in a database after its rewards were released."""
    from django.core.management import CommandError, call_command
    from django.db.models import Count, Q

    from oscar_referrals.rewards.models import Reward

    use(name)
    rewards = Reward.objects.filter(side="advocate")
    available = rewards.filter(state=Reward.State.AVAILABLE)
    issues = Count("entries", filter=Q(entries__event="issue"))
    figures = {
        "handled": sum(measured.shares),
        "released": available.count(),
        "released with one entry": available.annotate(issues=issues).filter(issues=1).count(),
        "vouchers": available.exclude(voucher=None).values("voucher").distinct().count(),
        "rewards in all": rewards.count(),
    }
    wrong = [
        f"{what}: {figure}, not {number}" for what, figure in figures.items() if figure != number
    ]
    errors = StringIO()
    try:
        call_command("check_ledger", stdout=StringIO(), stderr=errors)
    except CommandError as error:
        wrong += [str(error), errors.getvalue()]
    return [f"{len(measured.shares)} workers: {text}" for text in wrong]


def report(number: int, seen: dict[int, list[Measured]]) -> None:
    """Print a table."""
    alone = min(measured.seconds for measured in seen[WORKERS[0]])
    print(
        "\n| workers | seconds, each round | rewards per second | to one worker "
        "| the workers' CPU per reward | load |"
    )
    print("| --: | --- | --: | --: | --: | --- |")
    for workers, rounds in seen.items():
        fastest = min(measured.seconds for measured in rounds)
        cells: list[Any] = [
            workers,
            ", ".join(f"{measured.seconds:.1f}" for measured in rounds),
            f"{number / fastest:.1f}",
            f"{alone / fastest:.2f}",
            f"{min(measured.cpu for measured in rounds) / number * 1000:.1f} ms",
            ", ".join(f"{measured.load:.1f}" for measured in rounds),
        ]
        print(f"| {' | '.join(str(cell) for cell in cells)} |")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.projects.oscar_only.settings")
    django.setup()
    if sys.argv[1:2] == ["work"]:
        work(sys.argv[2], datetime.fromisoformat(sys.argv[3]))
    else:
        asked = [int(argument) for argument in sys.argv[1:]]
        sys.exit(main(*asked, *(REWARDS, ROUNDS)[len(asked) :]))
