"""Who is considered for the credit: plain data, and the form in which a decision keeps it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from oscar_referrals.programs.rules.precedence import RANK


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One invitation that reached a friend, as it is known when the credit is decided."""

    #: A value of `programs.rules.precedence.Way`.
    kind: str
    code: str
    #: Key of the advocate whose code it is.
    advocate: int
    at: datetime
    #: Key of the row that tells of it: ``claim:7``, ``touch:9``.
    source: str
    #: Number of the version that was pinned or shown; None if nobody knows.
    version: int | None = None
    #: Good until the second before; None: for ever.
    expires_at: datetime | None = None
    #: The code was blocked then; None if it is not.
    blocked_at: datetime | None = None
    #: The friend is the advocate (F01, F02).
    is_own: bool = False
    #: Why else it can't count, as a reason code; empty if nothing speaks against it.
    refusal: str = ""
    channel: str = ""
    placement: str = ""
    campaign: str = ""

    @property
    def rank(self) -> int:
        """Its place in the published order; an unknown way comes last."""
        return RANK.get(self.kind, len(RANK))

    def as_row(self) -> dict[str, Any]:
        """The candidate as plain JSON; empty values are left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()
            if value not in (None, "", False)
        }


#: Fields of a candidate that hold a moment.
MOMENTS = ("at", "expires_at", "blocked_at")


def candidate_of(row: dict[str, Any]) -> Candidate:
    """The candidate that `Candidate.as_row` has stored; what else the row says is left aside."""
    known = {field.name for field in fields(Candidate)}
    values = {name: value for name, value in row.items() if name in known}
    for name in MOMENTS:
        if values.get(name):
            values[name] = datetime.fromisoformat(values[name])
    return Candidate(**values)
