"""Which of several invitations gets the credit. Pure: no query, no request, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oscar_referrals.attribution.candidates import Candidate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.precedence import Way

FIRST = ProgramVersion.CreditModel.FIRST


@dataclass(frozen=True, kw_only=True)
class Considered:
    """What became of one candidate, and why."""

    candidate: Candidate
    chosen: bool
    reason: str

    def as_row(self) -> dict[str, Any]:
        """As the decision keeps it."""
        return self.candidate.as_row() | {"chosen": self.chosen, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Everybody who was considered, the one that counts first; then by rank and time."""

    considered: tuple[Considered, ...] = ()

    @property
    def chosen(self) -> Candidate | None:
        """Who gets the credit; None if nobody can."""
        return next((item.candidate for item in self.considered if item.chosen), None)

    def reason_of(self, source: str) -> str:
        """Why the candidate of that row was chosen or rejected; empty if there is none."""
        found = (item.reason for item in self.considered if item.candidate.source == source)
        return next(found, "")

    def as_rows(self) -> list[dict[str, Any]]:
        """As the decision keeps them."""
        return [item.as_row() for item in self.considered]


def choose(candidates: Iterable[Candidate], *, model: str, at: datetime, shown: str = "") -> Choice:
    """Who gets the credit, and why nobody else does (A03, A04).

    ``model`` says whether the first or the last of equals counts. ``at`` is the moment of the
    order; what came later doesn't count, except what staff decide. ``shown`` is the ``source`` of
    the candidate whose discount the till has shown and charged: it counts, whatever the others
    are, because what was shown is what is owed. Total and deterministic: the same for any order of
    ``candidates``, and ties of rank and time are broken by the code and then by the row.
    """
    found = sorted(set(candidates), key=_position)
    charged = [item for item in found if shown and item.source == shown]
    usable = charged[:1] or [item for item in found if not _why_not(item, at)]
    if not usable:
        return Choice(considered=tuple(_rejected(item, _why_not(item, at)) for item in found))
    best = min(item.rank for item in usable)
    equals = [item for item in usable if item.rank == best]
    moment = (min if model == FIRST else max)(item.at for item in equals)
    chosen = next(item for item in equals if item.at == moment)
    reason = _why(chosen, usable, equals, model, shown=bool(charged))
    others = [
        _rejected(item, _why_not(item, at) or _why_another(item, chosen, shown=bool(charged)))
        for item in found
        if item is not chosen
    ]
    return Choice(considered=(Considered(candidate=chosen, chosen=True, reason=reason), *others))


def _position(item: Candidate) -> tuple[Any, ...]:
    """By rank, time, code and row; rows that say two things of one source by what they say."""
    rest = sorted(item.as_row().items())
    return (item.rank, item.at, item.code, item.source, [(key, str(value)) for key, value in rest])


def _why_not(item: Candidate, at: datetime) -> str:
    """Why a candidate can't count at all; empty if it can."""
    if item.at > at and item.kind != Way.STAFF:
        return reasons.AFTER_ORDER
    if item.is_own:
        return reasons.OWN_CODE
    if item.blocked_at is not None and item.blocked_at <= at:
        return reasons.CODE_BLOCKED
    if item.expires_at is not None and at >= item.expires_at:
        return reasons.LINK_EXPIRED if item.kind == Way.LINK else reasons.CLAIM_EXPIRED
    return item.refusal


def _why(
    chosen: Candidate, usable: list[Candidate], equals: list[Candidate], model: str, *, shown: bool
) -> str:
    if shown:
        return reasons.SHOWN_AT_TILL
    if len(usable) == 1:
        return reasons.ONLY_INVITATION
    if all(item.advocate == chosen.advocate for item in equals):
        return reasons.HIGHEST_RANK if len(equals) < len(usable) else reasons.ONLY_INVITATION
    return reasons.FIRST_OF_RANK if model == FIRST else reasons.LAST_OF_RANK


def _why_another(item: Candidate, chosen: Candidate, *, shown: bool) -> str:
    """Why a candidate that could count doesn't."""
    if item.advocate == chosen.advocate:
        return reasons.SAME_ADVOCATE
    if item.rank > chosen.rank:
        return reasons.OUTRANKED
    if shown and item.rank < chosen.rank:
        return reasons.OTHER_SHOWN
    if item.at == chosen.at:
        return reasons.SAME_MOMENT
    return reasons.NEWER_COUNTS if item.at < chosen.at else reasons.OLDER_COUNTS


def _rejected(item: Candidate, reason: str) -> Considered:
    return Considered(candidate=item, chosen=False, reason=reason)
