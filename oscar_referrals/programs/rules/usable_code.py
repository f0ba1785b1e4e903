"""A code that staff blocked is answered like one that never existed."""

from __future__ import annotations

from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class UsableCode:
    """The code is not blocked."""

    def check(self, facts: TillFacts) -> Refusal | None:
        """`unknown-code`: whoever tries codes must not learn which ones exist."""
        return Refusal(reason=reasons.UNKNOWN_CODE) if facts.code_blocked else None

    def clauses(self) -> list[Clause]:
        """None: blocking is the shop's answer to misuse, which the stop clause speaks of."""
        return []
