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
    usable = [item for item in found if not _why_not(item, at)]
    best = _best(usable, model)
    charged = next((item for item in found if shown and item.source == shown), None)
    chosen = charged or best
    if chosen is None:
        return Choice(considered=tuple(_rejected(item, _why_not(item, at)) for item in found))
    reason = _why(chosen, usable, model) if chosen is best else reasons.SHOWN_AT_TILL
    others = [
        _rejected(item, _why_not(item, at) or _why_another(item, chosen, model))
        for item in found
        if item is not chosen
    ]
    return Choice(considered=(Considered(candidate=chosen, chosen=True, reason=reason), *others))


def _best(usable: list[Candidate], model: str) -> Candidate | None:
    """The one that the rules choose; ``usable`` stands in the order that breaks ties."""
    best: Candidate | None = None
    for item in usable:
        if best is None or _counts_more(item, best, model):
            best = item
    return best


def _counts_more(one: Candidate, other: Candidate, model: str) -> bool:
    if one.rank != other.rank:
        return one.rank < other.rank
    return one.at < other.at if model == FIRST else one.at > other.at


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


def _why(chosen: Candidate, usable: list[Candidate], model: str) -> str:
    rivals = [item for item in usable if item.advocate != chosen.advocate]
    if not rivals:
        return reasons.ONLY_INVITATION
    if all(item.rank > chosen.rank for item in rivals):
        return reasons.HIGHEST_RANK
    return reasons.FIRST_OF_RANK if model == FIRST else reasons.LAST_OF_RANK


def _why_another(item: Candidate, chosen: Candidate, model: str) -> str:
    """Why a candidate that could count doesn't."""
    if item.advocate == chosen.advocate:
        return reasons.SAME_ADVOCATE
    if _counts_more(item, chosen, model):
        return reasons.OTHER_SHOWN
    if item.rank > chosen.rank:
        return reasons.OUTRANKED
    if item.at == chosen.at:
        return reasons.SAME_MOMENT
    return reasons.OLDER_COUNTS if model == FIRST else reasons.NEWER_COUNTS


def _rejected(item: Candidate, reason: str) -> Considered:
    return Considered(candidate=item, chosen=False, reason=reason)
