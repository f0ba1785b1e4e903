"""What differs between the terms that a member accepted and those in force now (C13, S50).

A new version may change what is promised from then on; a new edition of the same version corrects
words. Nobody is bound by either unasked: what was claimed or earned before stays as promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.programs.changes import Change, changes_between
from oscar_referrals.programs.models import Program, ProgramVersion, TermsVersion
from oscar_referrals.programs.rules.earning import KeptPromise

#: Only a program in one of these goes on, so that its terms concern its members.
GOING_ON = (Program.Status.LIVE, Program.Status.PAUSED)


@dataclass(frozen=True)
class TermsChange:
    """From what was accepted last to what is in force."""

    accepted: TermsAcceptance
    version: ProgramVersion

    @property
    def is_wording_only(self) -> bool:
        """Another edition of the version that was accepted: its rules are the very same."""
        return self.accepted.terms.version_id == self.version.pk

    @property
    def begins(self) -> datetime | None:
        """When the new version's rules begin."""
        moments = (self.version.published_at, self.version.starts_at)
        return max((moment for moment in moments if moment is not None), default=None)

    def old_offer_until(self, now: datetime | None = None) -> datetime | None:
        """Until when links made for the accepted offer still lead to it; None if no longer."""
        earlier = self.accepted.terms.version
        if earlier.superseded_at is None:
            return None
        until = earlier.superseded_at + timedelta(days=earlier.wind_down_days)
        return until if until > (now or timezone.now()) else None

    def changes(self) -> list[Change]:
        """The sentences that differ, in the active language; none if only the shop's words do."""
        if self.is_wording_only:
            return []
        return changes_between(self.accepted.terms.version, self.version)

    @staticmethod
    def kept() -> str:
        """What no change touches, in the words of the terms themselves."""
        return " ".join(clause.text for clause in KeptPromise().clauses())


def last_acceptance(advocate: Advocate) -> TermsAcceptance | None:
    """The latest receipt with its version, without the words: one query."""
    return (
        advocate.acceptances.select_related("terms__version")
        .defer("terms__html", "terms__text")
        .first()
    )


def change_since(
    accepted: TermsAcceptance | None, version: ProgramVersion | None, terms: TermsVersion | None
) -> TermsChange | None:
    """What the member has not accepted yet; None if nothing. No query.

    ``terms`` are the words that the member would read now, in whichever language.
    """
    if accepted is None or version is None:
        return None
    if accepted.terms.version_id != version.pk:
        is_newer = version.number > accepted.terms.version.number
        return TermsChange(accepted, version) if is_newer else None
    if terms is None or terms.pk == accepted.terms_id or terms.version_id != version.pk:
        return None
    return TermsChange(accepted, version) if terms.frozen_at > accepted.accepted_at else None
