"""What hand-written words may not say: false figures and forbidden claims (promise 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oscar_referrals.programs.facts import facts_of
from oscar_referrals.programs.forbidden_phrases import forbidden_in
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.statements import Finding, Kind, contradictions_in
from oscar_referrals.programs.statements.forbidden import phrases_in
from oscar_referrals.programs.waivers import without_waived

#: So much of a sentence stands in a message; the rest is seen on the page.
SHOWN = 160


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A finding, and where it was found."""

    finding: Finding
    #: The page, or the field of the dashboard, in words.
    where: str
    language: str


def contradictions(version: ProgramVersion, text: str, language: str) -> list[Finding]:
    """What ``text`` says of the program that ``version`` does not, and what no text may claim.

    Amounts, percentages, durations, dates and limits are read by the rules of ``language``; what
    speaks of something else (delivery, answers, addresses) is left alone, and so is what a person
    has let pass for this version.
    """
    if not text.strip():
        return []
    return without_waived(version, Reader(version).read(text, language))


class Reader:
    """Reads any number of texts against one version, which is asked for its figures once.

    What people have let pass is among the findings: see `without_waived`.
    """

    def __init__(self, version: ProgramVersion) -> None:
        self.facts = facts_of(version)
        self._forbidden: dict[str, tuple[str, ...]] = {}

    def read(self, text: str, language: str) -> list[Finding]:
        """What ``text`` says that the version does not, and what no text may claim."""
        return [
            *contradictions_in(text, self.facts, language),
            *_claims_in(text, self.forbidden(language)),
        ]

    def forbidden(self, language: str) -> tuple[str, ...]:
        """The phrases that are refused in a language: one query for each."""
        if language not in self._forbidden:
            self._forbidden[language] = forbidden_in(language)
        return self._forbidden[language]


def claims_in(text: str, language: str) -> Iterator[Finding]:
    """The forbidden claims in ``text``: they need no version to be wrong."""
    return _claims_in(text, forbidden_in(language))


def _claims_in(text: str, forbidden: tuple[str, ...]) -> Iterator[Finding]:
    for sentence, phrase in phrases_in(text, forbidden):
        yield Finding(kind=Kind.PHRASE, figure=phrase, sentence=sentence.whole)


def why(finding: Finding, version: ProgramVersion) -> str:
    """What is wrong with a finding, in the active language."""
    if finding.kind == Kind.PHRASE:
        return _("“%(phrase)s” promises or urges what no program can. Take it out.") % {
            "phrase": finding.figure
        }
    if finding.is_swapped:
        text = _(
            "“%(figures)s” is a figure of %(version)s, but not the one that this sentence is "
            "about. Correct it or take it out."
        )
    else:
        text = _("“%(figures)s” is not what %(version)s says. Correct it or take it out.")
    return text % {"figures": finding.figure, "version": version}


def in_words(finding: Finding) -> str:
    """Where a finding stands and what would be right, in the active language."""
    where = _("It stands in: “%(sentence)s”") % {
        "sentence": Truncator(finding.sentence).chars(SHOWN)
    }
    if not finding.right:
        return where
    return f"{where} " + _("Right would be: %(figures)s.") % {"figures": ", ".join(finding.right)}
