"""What it takes to tell many members that the program has a new version.

    python -m benchmarks.notices                              # 20,000 members, on SQLite
    python -m tests.postgres python -m benchmarks.notices     # on a PostgreSQL of its own
    python -m benchmarks.notices 100000

Members who accepted the first version, a second one, and the step of the periodic work that owes
their notices; then the same step again, which finds nobody and runs with every work for a month;
then some of the mails, into memory. Queries are exact, but for those that only begin or end a
transaction. Memory is what the process held at the end of each batch or step, at the most, more
than before it (Linux only). Fails when a member has no notice or two, or when one batch asks more
than another.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import django

from benchmarks.till import OURS, database

MEMBERS, MAILS = 20_000, 200
MEGABYTE = 1024 * 1024


def main(members: int) -> int:
    """Fill a shop, measure, print the table."""
    from django.db import connection

    with database():
        version = shop(members)
        print(f"{connection.vendor}, {members:,} members\n\n| what | queries | seconds | memory |")
        print("| --- | --: | --: | --: |")
        return measure(version, members)


def measure(version: Any, members: int) -> int:
    """All steps in turn; 1 when one of them did not do what it has to."""
    from oscar_referrals.messages import outbox, terms_notices
    from oscar_referrals.messages.models import OutboxMessage

    seen: list[int] = []
    moments: list[float] = []
    counter = Counter()
    print(row("how many are to be told", counter, terms_notices.count_due))

    def note(_handled: int) -> None:
        seen.append(counter.queries)
        moments.append(perf_counter())
        counter.note_memory()

    print(row("all told", counter, lambda: terms_notices.owe_due(watcher=note)))
    # All but the last one, which may be smaller.
    per_batch = {after - before for before, after in zip(seen[:-2], seen[1:-1], strict=True)}
    took = [after - before for before, after in zip(moments[:-2], moments[1:-1], strict=True)]
    tenth = max(1, len(took) // 10)
    first, last = median(took[:tenth]), median(took[-tenth:])
    print(
        f"| of which a batch of {terms_notices.BATCH} | {', '.join(map(str, per_batch))} "
        f"| {first:.2f} of the first tenth, {last:.2f} of the last |  |"
    )
    print(row("the same with nobody to tell", counter, terms_notices.owe_due))
    print(row("how many are to be told, of nobody", counter, terms_notices.count_due))
    print(row(f"{MAILS} of the mails", counter, lambda: outbox.send_due(limit=MAILS)))
    told = OutboxMessage.objects.filter(
        event=terms_notices.TERMS_CHANGED, advocate__program=version.program
    )
    found = told.values("advocate").distinct().count(), told.count()
    print(f"\n{found[1]:,} notices to {found[0]:,} members.")
    return int(found != (members, members) or len(per_batch) > 1)


class Counter:
    """Counts queries, but for those that only begin or end a transaction; the most memory held."""

    queries = 0
    memory = 0

    def __call__(self, execute: Any, sql: str, *arguments: Any) -> Any:
        self.queries += 1
        return execute(sql, *arguments)

    def note_memory(self) -> None:
        """Look at what the process holds now, in bytes."""
        with open("/proc/self/statm") as statm:
            pages = int(statm.read().split()[1])
        self.memory = max(self.memory, pages * os.sysconf("SC_PAGESIZE"))


def row(what: str, counter: Counter, act: Callable[[], Any]) -> str:
    """Do it, and a line of the table about it."""
    from django.db import connection

    counter.queries = counter.memory = 0
    # What was freed before would hide what is asked for now.
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    counter.note_memory()
    before, started = counter.memory, perf_counter()
    with connection.execute_wrapper(counter):
        act()
    seconds = perf_counter() - started
    counter.note_memory()
    grown = (counter.memory - before) / MEGABYTE
    return f"| {what} | {counter.queries} | {seconds:.2f} | +{grown:.1f} MB |"


def shop(members: int) -> Any:
    """A program with so many members of its first version, and its second version."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.utils import timezone

    from oscar_referrals.members.models import Advocate, TermsAcceptance
    from oscar_referrals.test.factories import live_program, publish_again

    program, model = live_program(), get_user_model()
    terms = program.current_version.terms_versions.get(language="ms")
    joined = timezone.now() - timedelta(days=90)
    users = model.objects.bulk_create(
        [
            model(username=f"member{number}", email=f"member{number}@shop.example", password="!")
            for number in range(members)
        ],
        batch_size=1_000,
    )
    rows = Advocate.objects.bulk_create(
        [Advocate(program=program, user=user, joined_at=joined, language="ms") for user in users],
        batch_size=1_000,
    )
    TermsAcceptance.objects.bulk_create(
        [
            TermsAcceptance(
                advocate=member, terms=terms, accepted_at=joined, language="ms", method="account"
            )
            for member in rows
        ],
        batch_size=1_000,
    )
    version = publish_again(program, friend={"value": 500})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return version


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", OURS)
    django.setup()
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else MEMBERS))
