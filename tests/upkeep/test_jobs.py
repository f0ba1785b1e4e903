"""What is known of the last run of a job."""

from __future__ import annotations

import pytest
from django.utils import timezone

from oscar_referrals.upkeep import jobs
from oscar_referrals.upkeep.models import JobRun
from oscar_referrals.upkeep.progress import KEPT_ERRORS, Progress

pytestmark = pytest.mark.django_db


def test_a_run_is_recorded() -> None:
    before = timezone.now()
    assert jobs.last_run("sweep") is None
    with jobs.run("sweep") as progress:
        progress.step(3)
        progress.fail("Row 2", ValueError("odd"))
    run = jobs.last_run("sweep")
    assert run is not None
    assert (run.handled, run.failed, run.error) == (3, 1, "Row 2: ValueError: odd")
    assert before <= run.started_at <= run.finished_at


def test_an_exception_is_recorded_and_passes() -> None:
    with pytest.raises(RuntimeError), jobs.run("sweep"):
        raise RuntimeError("no more rows")
    run = jobs.last_run("sweep")
    assert run is not None
    assert run.error == "RuntimeError: no more rows"
    assert run.finished_at is not None
    with jobs.run("sweep"):
        pass
    run = jobs.last_run("sweep")
    assert run is not None
    assert run.error == ""


def test_two_runs_at_once_share_one_row() -> None:
    with jobs.run("sweep") as first, jobs.run("sweep") as second:
        first.step()
        second.step(2)
    assert JobRun.objects.count() == 1


def test_a_row_made_by_another_function_is_kept() -> None:
    JobRun.objects.create(name="index", cursor="17")
    assert jobs.last_run("index") is None
    with jobs.run("index"):
        pass
    run = jobs.last_run("index")
    assert run is not None
    assert run.cursor == "17"


def test_only_the_first_errors_are_kept() -> None:
    progress, whole = Progress(), Progress(handled=1)
    for number in range(KEPT_ERRORS + 5):
        progress.fail(str(number), ValueError())
    whole.add(progress)
    assert (whole.handled, whole.failed, len(whole.errors)) == (1, 15, KEPT_ERRORS)
