"""What a rule is given and what it answers. Plain data: no query, no request, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a rule says no: a reason code (see `programs.reasons`) and its sentence's figures."""

    reason: str
    #: What the sentence needs, e.g. ``{"missing": 1200, "currency": "MYR"}`` (minor units).
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One sentence of the plain-language description, made from the rule itself."""

    #: Stable identifier, e.g. ``"friend-value"``; the order of clauses is the order of the list.
    key: str
    #: ``friend``, ``advocate``, ``program``: the heading under which it stands.
    section: str
    #: The translated sentence, in the language active when it was made.
    text: str


@dataclass(frozen=True, kw_only=True)
class TillFacts:
    """What the till knows when it asks whether a friend's claim gives a discount now."""

    now: datetime
    #: None: there is no basket yet, and every rule about goods or currency is content.
    currency: str | None
    #: Discountable goods on which the offer counts, before any discount, in minor units.
    #: None: no basket yet.
    eligible_total: int | None
    program_status: str
    #: When the program got that status; wind-down counts from here.
    status_changed_at: datetime | None
    claimed_at: datetime
    claim_expires_at: datetime
    code_blocked: bool
    #: The shopper is the advocate whose code it is.
    is_own_code: bool
    #: None while nobody is signed in and no e-mail is known.
    is_existing_customer: bool | None
    #: Another order of this friend is credited in the program already.
    already_referred: bool = False
    #: The program's budget has no room left for the largest discount.
    budget_is_spent: bool = False


class Rule(Protocol):
    """One rule of a version."""

    def check(self, facts: TillFacts) -> Refusal | None:
        """None if the rule is content; must be pure and must not raise."""

    def clauses(self) -> list[Clause]:
        """The sentences that state this rule in the active language; empty if none is needed."""
