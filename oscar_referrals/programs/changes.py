"""What publishing a draft would change, for whom, in the sentences people read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import ProgramVersion


@dataclass(frozen=True, kw_only=True)
class Change:
    """One sentence that appears, disappears or becomes another."""

    #: The clause's key, e.g. ``"friend-value"``.
    key: str
    #: None: it is new.
    before: str | None
    #: None: it is gone.
    after: str | None
    #: Whom it concerns, translated.
    whom: str


def changes_of(version: ProgramVersion) -> list[Change]:
    """The draft compared with the program's current version; everything is new without one.

    Friends who claimed before keep the current version: a change concerns claims made after it.
    """
    return changes_between(version.program.current_version, version)


def changes_between(earlier: ProgramVersion | None, later: ProgramVersion) -> list[Change]:
    """Two versions of a program compared, in the order in which the later one is read."""
    before = {clause.key: clause for clause in describe(earlier)} if earlier else {}
    after = {clause.key: clause for clause in describe(later)}
    whom = {
        "friend": _("Friends"),
        "advocate": _("Advocates"),
        "program": _("Friends and advocates"),
    }
    return [
        Change(
            key=key,
            before=before[key].text if key in before else None,
            after=after[key].text if key in after else None,
            whom=whom[(after.get(key) or before[key]).section],
        )
        for key in [*after, *(key for key in before if key not in after)]
        if key not in before or key not in after or before[key].text != after[key].text
    ]
