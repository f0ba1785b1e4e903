"""Drafts that are published, and statements that are let pass, at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.publish import PublishRefused, publish
from oscar_referrals.programs.statements import Finding, Kind
from oscar_referrals.programs.waivers import digest_of, waive
from oscar_referrals.test.factories import draft_version
from tests.races.harness import Outcome, results, run_together
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


def statement_waived_by_six(program: Any) -> None:
    """Six people let the same statement pass at once, each for a reason: one waiver, one reason."""
    version = program.current_version
    number = version.statement_waivers.count() + 1
    finding = Finding(kind=Kind.MONEY, figure=f"RM {number}", sentence=f"You get RM {number}.")
    waivers = results(
        run_together(
            *[
                partial(
                    waive, finding=finding, version=version, language="en-gb", reason=f"Why {n}"
                )
                for n in range(6)
            ]
        )
    )
    kept = set(
        version.statement_waivers.filter(digest=digest_of(finding)).values_list("pk", "reason")
    )
    assert len(kept) == 1
    assert {(waiver.pk, waiver.reason) for waiver in waivers} == kept


def _errors(outcomes: list[Outcome]) -> str:
    return "; ".join(repr(outcome.error) for outcome in outcomes if outcome.error)
