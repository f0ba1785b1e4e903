"""Who was considered for the credit, for people: staff see everybody, customers what they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.candidates import Candidate, candidate_of
from oscar_referrals.attribution.choose import Choice
from oscar_referrals.attribution.models import Decision
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.precedence import Way
from oscar_referrals.sharing.alphabet import pretty

#: What the friend did, in words to the friend.
DONE = {
    Way.STAFF: _("The shop decided it"),
    Way.TYPED: _("You typed a code"),
    Way.CLAIMED: _("You claimed the discount on the page of a link"),
    Way.SIGNED_IN: _("You took a discount on another device, with your account"),
    Way.LINK: _("You opened a link"),
    Way.NAME: _("You named a friend"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One invitation that was considered, as staff see it."""

    candidate: Candidate
    #: None if the row is gone.
    advocate: Advocate | None
    chosen: bool
    #: Why, in a few words for staff.
    reason: str

    @property
    def code(self) -> str:
        """The code in groups."""
        return pretty(self.candidate.code)

    @property
    def way(self) -> str:
        """By which way it came."""
        return way_label(self.candidate.kind)

    @property
    def tags(self) -> str:
        """Channel, place and campaign of the link, as they were written down."""
        item = self.candidate
        return " · ".join(tag for tag in (item.channel, item.placement, item.campaign) if tag)


@dataclass(frozen=True, kw_only=True)
class OwnStep:
    """One thing that the friend did, in words to the friend; says nothing about anybody else."""

    at: datetime
    text: str
    counts: bool
    why: str


def way_label(kind: str) -> str:
    """The way for staff; the word itself for one that a later release has dropped."""
    return str(Way(kind).label) if kind in Way.values else kind


def rows_of(decisions: Sequence[Decision]) -> list[Row]:
    """Everybody whom the last decision about the credit considered; one query, or none."""
    return _rows(_stored(decisions))


def _rows(stored: list[dict[str, Any]]) -> list[Row]:
    keys = {row["advocate"] for row in stored}
    people = Advocate.objects.select_related("user").in_bulk(keys) if keys else {}
    return [
        Row(
            candidate=candidate,
            advocate=people.get(candidate.advocate),
            chosen=row["chosen"],
            reason=reasons.staff_text(row["reason"]),
        )
        for row, candidate in _read(stored)
    ]


def rows_of_unused(choice: Choice) -> list[Row]:
    """Everybody who could have been considered for an order without a code: nobody is chosen."""
    stored = [
        item.as_row() | ({"chosen": False, "reason": reasons.NOT_USED} if item.chosen else {})
        for item in choice.considered
    ]
    return _rows(stored)


def own_steps(decisions: Sequence[Decision]) -> list[OwnStep]:
    """What the friend did that was considered, the oldest first. No query."""
    steps = [
        OwnStep(
            at=candidate.at,
            text=str(DONE[Way(candidate.kind)]),
            counts=row["chosen"],
            why=reasons.shopper_text(row["reason"]),
        )
        for row, candidate in _read(_stored(decisions))
        if candidate.kind in Way.values
    ]
    return sorted(steps, key=lambda step: step.at)


def _stored(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    with_candidates = [item.candidates for item in decisions if item.candidates]
    return with_candidates[-1] if with_candidates else []


def _read(stored: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], Candidate]]:
    """An opened link, its first opening, its last and the claim that came of it, is told once: by
    the one that was chosen, else by the first."""
    read = [(row, candidate_of(row)) for row in stored]
    told: dict[str, tuple[dict[str, Any], Candidate]] = {}
    for row, candidate in read:
        if candidate.kind == Way.LINK:
            known = told.setdefault(candidate.code, (row, candidate))
            if (not row["chosen"], candidate.at) < (not known[0]["chosen"], known[1].at):
                told[candidate.code] = (row, candidate)
    return [item for item in read if item[1].kind != Way.LINK or item in told.values()]
