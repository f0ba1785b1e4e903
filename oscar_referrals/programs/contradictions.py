"""Statements in hand-written words that a version does not bear out (promise 2)."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oscar_referrals.programs.facts import facts_of
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.statements import Finding, contradictions_in

#: So much of a sentence stands in a message; the rest is seen on the page.
SHOWN = 160


def contradictions(version: ProgramVersion, text: str, language: str) -> list[Finding]:
    """What ``text`` says of the program that ``version`` does not: figures in their sentences.

    Amounts, percentages, durations, dates and limits are read by the rules of ``language``; what
    speaks of something else (delivery, answers, addresses) is left alone.
    """
    if not text.strip():
        return []
    return contradictions_in(text, facts_of(version), language)


def in_words(finding: Finding) -> str:
    """Where a finding stands and what would be right, in the active language."""
    where = _("It stands in: “%(sentence)s”") % {
        "sentence": Truncator(finding.sentence).chars(SHOWN)
    }
    if not finding.right:
        return where
    return f"{where} " + _("Right would be: %(figures)s.") % {"figures": ", ".join(finding.right)}
