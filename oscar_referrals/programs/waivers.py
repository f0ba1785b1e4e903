"""Letting a refused statement pass, and taking that back: who, when and why, per version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from oscar_referrals.programs.models import ProgramVersion, StatementWaiver, WaiverWithdrawal
from oscar_referrals.programs.statements import Finding


class NoReason(Exception):
    """A statement is let pass, or refused again, only with a reason, for others to read."""


def waive(
    *,
    finding: Finding,
    version: ProgramVersion,
    language: str,
    reason: str,
    actor: Any = None,
    now: datetime | None = None,
) -> StatementWaiver:
    """Let ``finding`` pass in words for ``version``; the same figure in the same sentence only.

    Called twice, the first reason stays, until that waiver is withdrawn. Raises NoReason.
    """
    if not reason.strip():
        raise NoReason
    same = StatementWaiver.objects.filter(version=version, digest=digest_of(finding))
    last = same.select_related("withdrawal").order_by("-sequence").first()
    if last is not None and not hasattr(last, "withdrawal"):
        return last
    waiver, _created = StatementWaiver.objects.get_or_create(
        version=version,
        digest=digest_of(finding),
        # Of two people who do so at once, the second gets the first one's.
        sequence=last.sequence + 1 if last is not None else 1,
        defaults={
            "language": language,
            "kind": finding.kind.value,
            "figure": finding.figure[:200],
            "sentence": finding.sentence,
            "reason": reason.strip(),
            "waived_by": actor,
            "waived_at": now or timezone.now(),
        },
    )
    return waiver


def withdraw(
    *, waiver: StatementWaiver, reason: str, actor: Any = None, now: datetime | None = None
) -> WaiverWithdrawal:
    """Refuse what ``waiver`` let pass, from now on; it stays on record with both reasons.

    What was published with it stays published. Called twice, the first reason stays. Raises
    NoReason.
    """
    if not reason.strip():
        raise NoReason
    withdrawal, _created = WaiverWithdrawal.objects.get_or_create(
        waiver=waiver,
        defaults={
            "version": waiver.version,
            "reason": reason.strip(),
            "withdrawn_by": actor,
            "withdrawn_at": now or timezone.now(),
        },
    )
    return withdrawal


def waivers_of(version: ProgramVersion) -> QuerySet[StatementWaiver]:
    """All that was let pass for ``version``, with what was withdrawn of it: one query."""
    return version.statement_waivers.select_related(
        "waived_by", "withdrawal", "withdrawal__withdrawn_by"
    )


def without_waived(version: ProgramVersion, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nobody has let pass for ``version``. No query if there are none."""
    found = list(findings)
    if not found or version.pk is None:
        return found
    waived = set(
        StatementWaiver.objects.filter(
            version=version,
            digest__in=[digest_of(finding) for finding in found],
            withdrawal=None,
        ).values_list("digest", flat=True)
    )
    return [finding for finding in found if digest_of(finding) not in waived]


def digest_of(finding: Finding) -> str:
    """What a finding is known by: its figure and its sentence, whatever their white space."""
    parts = (" ".join(part.split()) for part in (finding.figure, finding.sentence))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
