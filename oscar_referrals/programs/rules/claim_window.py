"""How long a friend has to use the discount."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import ngettext

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class ClaimWindow:
    """A claim is good for the version's `attribution_days`."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def expires_at(self, claimed_at: datetime) -> datetime:
        """When a claim made then expires."""
        return claimed_at + timedelta(days=self.version.attribution_days)

    def check(self, facts: TillFacts) -> Refusal | None:
        """`claim-expired`."""
        if facts.now >= facts.claim_expires_at:
            return Refusal(reason=reasons.CLAIM_EXPIRED)
        return None

    def clauses(self) -> list[Clause]:
        """One sentence."""
        days = self.version.attribution_days
        if self.version.claim_on_visit:
            text = ngettext(
                "The friend has %(days)d day to use the discount, counted from entering the code, "
                "opening the link or claiming the discount on the link's page.",
                "The friend has %(days)d days to use the discount, counted from entering the code, "
                "opening the link or claiming the discount on the link's page.",
                days,
            )
        else:
            text = ngettext(
                "The friend has %(days)d day to use the discount, counted from entering the code "
                "or claiming the discount on the link's page.",
                "The friend has %(days)d days to use the discount, counted from entering the code "
                "or claiming the discount on the link's page.",
                days,
            )
        text = text % {"days": days}
        return [Clause(key="claim-window", section="program", text=text)]
