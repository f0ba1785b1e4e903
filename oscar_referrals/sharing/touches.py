"""Writing touches: one insert each."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.sources import Source

#: By nothing that was written down.
UNKNOWN_SOURCE = Source()
#: A link that was opened, whichever way it came.
OPENED = (Touch.Method.LINK, Touch.Method.QR)


def record(
    *,
    code: ReferralCode,
    method: str,
    version: ProgramVersion | None = None,
    visitor: str = "",
    source: Source = UNKNOWN_SOURCE,
    now: datetime | None = None,
) -> Touch:
    """Append one contact with a code. ``visitor`` is a pseudonym (`visitors.visitor_of`)."""
    return Touch.objects.create(
        program_id=code.program_id,
        version=version,
        code=code,
        method=method,
        occurred_at=now or timezone.now(),
        visitor=visitor,
        **asdict(source),
    )
