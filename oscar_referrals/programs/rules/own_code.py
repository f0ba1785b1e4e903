"""Nobody refers themselves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class NotOwnCode:
    """The friend is somebody else than the advocate."""

    def check(self, facts: TillFacts) -> Refusal | None:
        """`own-code`."""
        return Refusal(reason=reasons.OWN_CODE) if facts.is_own_code else None

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _("Advocates cannot use their own code.")
        return [Clause(key="own-code", section="friend", text=text)]
