"""Drafts that are published at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.publish import PublishRefused, publish
from oscar_referrals.test.factories import draft_version
from tests.races.harness import Outcome, run_together
from tests.races.scenarios.rows import lifecycle_of_site


def published_by_six(_program: Any = None) -> None:
    """Six people publish six drafts of one site at once: one program goes live."""
    lifecycle_of_site()
    drafts = [draft_version() for _ in range(6)]
    outcomes = run_together(*[partial(publish, version=draft) for draft in drafts])
    assert sum(outcome.error is None for outcome in outcomes) == 1
    assert all(
        isinstance(outcome.error, PublishRefused) for outcome in outcomes if outcome.error
    ), _errors(outcomes)
    assert Program.objects.filter(status=Program.Status.LIVE).count() == 1
    assert (
        ProgramVersion.objects.filter(
            pk__in=[draft.pk for draft in drafts], status="published"
        ).count()
        == 1
    )


def _errors(outcomes: list[Outcome]) -> str:
    return "; ".join(repr(outcome.error) for outcome in outcomes if outcome.error)
