"""The sections that the terms of every program must have (C27), made from its version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals.programs import standing
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What the terms must speak of, whatever the program."""

    #: Stable: it is the anchor in frozen terms, and the name under which editors' words are kept.
    key: str
    title: Promise | str
    #: The sentences that no rule says; after those of the rules.
    standing: Callable[[], list[str]] | None = None
    #: Whether the settings say what only the shop can know.
    is_known: Callable[[], bool] | None = None
    #: What the shop has to say itself where they don't.
    wanted: Promise | str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of a version's terms, in the language active when it was made."""

    key: str
    title: str
    sentences: list[str]
    #: What the shop has to say here in its own words, translated; empty if nothing is missing.
    wanted: str = ""

    @property
    def has_addresses(self) -> bool:
        """Its sentences hold mail and web addresses that can be followed."""
        return self.key in {"sponsor", "appeal", "privacy"}


KINDS = (
    Kind(
        key="sponsor",
        title=gettext_lazy("Who runs the program"),
        standing=standing.sponsor,
        is_known=standing.knows_sponsor,
        wanted=gettext_lazy("who runs the program and how to reach them"),
    ),
    Kind(
        key="joining",
        title=gettext_lazy("Who may take part"),
        standing=standing.who_may_join,
        is_known=standing.knows_who_may_join,
        wanted=gettext_lazy("from which age and in which countries people may take part"),
    ),
    Kind(key="counting", title=gettext_lazy("How a referral counts")),
    Kind(key="friend", title=gettext_lazy("What friends get")),
    Kind(key="advocate", title=gettext_lazy("What advocates get")),
    Kind(key="hold", title=gettext_lazy("When rewards are given")),
    Kind(key="expiry", title=gettext_lazy("How long rewards can be used")),
    Kind(key="limits", title=gettext_lazy("Limits, budget and dates")),
    Kind(key="void", title=gettext_lazy("What takes a reward away")),
    Kind(
        key="disclosure",
        title=gettext_lazy("Saying that you get something too"),
        standing=standing.disclosure,
    ),
    Kind(key="fairness", title=gettext_lazy("Sharing fairly"), standing=standing.fairness),
    Kind(key="tax", title=gettext_lazy("Taxes"), standing=standing.taxes),
    Kind(key="changes", title=gettext_lazy("Changes of these terms"), standing=standing.editions),
    Kind(
        key="appeal",
        title=gettext_lazy("If you disagree"),
        standing=standing.appeal,
        is_known=standing.knows_appeal,
        wanted=gettext_lazy("to whom people can turn who disagree with a decision"),
    ),
    Kind(
        key="privacy",
        title=gettext_lazy("Personal data"),
        standing=standing.privacy,
        is_known=standing.knows_privacy,
        wanted=gettext_lazy("how personal data are treated, or where that is explained"),
    ),
    Kind(key="ending", title=gettext_lazy("How the program ends"), standing=standing.leaving),
    Kind(key="language", title=gettext_lazy("Languages"), standing=standing.languages),
)

#: Under which section the clauses of `describe` stand whose key is this or begins with it.
PLACES = {
    "may-join": "joining",
    "new-customers": "joining",
    "goods-only": "friend",
    "hold": "hold",
    "joined": "hold",
    "limit": "limits",
    "budget": "limits",
    "dates": "limits",
    "own-code": "void",
    "refund": "void",
    "partial-refund": "void",
    "below-minimum": "void",
    "clawback": "void",
    "changes": "changes",
    "wind-down": "ending",
    "stop": "ending",
}


def sections_of(version: ProgramVersion) -> list[Section]:
    """All sections in the order of reading and the active language, with every clause once."""
    said: dict[str, list[str]] = {kind.key: [] for kind in KINDS}
    clauses = describe(version)
    for clause in clauses:
        # Who may invite is said before whom.
        place = 0 if clause.key == "may-join" else len(clauses)
        said[section_of(clause)].insert(place, clause.text)
    if not said["expiry"]:
        said["expiry"].append(_("Rewards don't expire."))
    if not any(clause.key.startswith("limit-") or clause.key == "budget" for clause in clauses):
        said["limits"].insert(0, _("There is no limit to the number of rewards."))
    if not any(clause.key == "dates" for clause in clauses):
        said["limits"].append(_("No end date has been set."))
    return [
        Section(
            key=kind.key,
            title=str(kind.title),
            sentences=[*said[kind.key], *(kind.standing() if kind.standing else ())],
            wanted="" if kind.is_known is None or kind.is_known() else str(kind.wanted),
        )
        for kind in KINDS
    ]


def section_of(clause: Clause) -> str:
    """The key of the section under which a clause stands; none is ever left out."""
    if clause.key.endswith("-validity") or "-validity-" in clause.key:
        return "expiry"
    for key, section in PLACES.items():
        if clause.key == key or clause.key.startswith(f"{key}-"):
            return section
    return "counting" if clause.section == "program" else clause.section
