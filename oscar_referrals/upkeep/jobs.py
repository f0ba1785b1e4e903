"""Recording the runs of periodic jobs, so that the checks and the dashboard can tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from oscar_referrals.upkeep.models import JobRun
from oscar_referrals.upkeep.progress import Progress


@contextmanager
def run(name: str, progress: Progress | None = None) -> Iterator[Progress]:
    """Record a run of the job: when, how many rows, what went wrong. An exception passes through.

    The same job may run several times at once; the row tells of the run that ended last, whose
    counts are its own.
    """
    count = progress or Progress()
    JobRun.objects.bulk_create([JobRun(name=name)], ignore_conflicts=True)
    rows = JobRun.objects.filter(name=name)
    rows.update(started_at=timezone.now())
    error = ""
    try:
        yield count
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
        raise
    finally:
        rows.update(
            finished_at=timezone.now(),
            handled=count.handled,
            failed=count.failed,
            error="\n".join([*filter(None, [error]), *count.errors]),
        )


def last_run(name: str) -> JobRun | None:
    """The latest run of the job; None if it never ran."""
    return JobRun.objects.filter(name=name, started_at__isnull=False).first()
