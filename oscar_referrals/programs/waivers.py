"""Letting a refused statement pass: who, when and why, for one sentence of one version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from oscar_referrals.programs.models import ProgramVersion, StatementWaiver
from oscar_referrals.programs.statements import Finding


class NoReason(Exception):
    """A statement is let pass only with a reason, for others to read."""


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

    Called twice, the first reason stays. Raises NoReason.
    """
    if not reason.strip():
        raise NoReason
    waiver, _created = StatementWaiver.objects.get_or_create(
        version=version,
        digest=digest_of(finding),
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


def without_waived(version: ProgramVersion, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nobody has let pass for ``version``. No query if there are none."""
    found = list(findings)
    if not found or version.pk is None:
        return found
    waived = set(
        StatementWaiver.objects.filter(
            version=version, digest__in=[digest_of(finding) for finding in found]
        ).values_list("digest", flat=True)
    )
    return [finding for finding in found if digest_of(finding) not in waived]


def digest_of(finding: Finding) -> str:
    """What a finding is known by: its figure and its sentence, whatever their white space."""
    parts = (" ".join(part.split()) for part in (finding.figure, finding.sentence))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
