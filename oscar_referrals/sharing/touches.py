"""Writing touches: one insert each."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.sharing.models import ReferralCode, Touch


def record(
    *,
    code: ReferralCode,
    method: str,
    version: ProgramVersion | None = None,
    visitor: str = "",
    now: datetime | None = None,
) -> Touch:
    """Append one contact with a code. ``visitor`` is a pseudonym (`identity.visitor_key`)."""
    return Touch.objects.create(
        program_id=code.program_id,
        version=version,
        code=code,
        method=method,
        occurred_at=now or timezone.now(),
        visitor=visitor,
    )
