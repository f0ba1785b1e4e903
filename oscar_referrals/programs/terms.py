"""Where the words of a version's terms come from: a port, and what is typed in the dashboard."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import Refused, contradictions, in_words
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.sections import sections_of
from oscar_referrals.programs.statements import Kind
from oscar_referrals.programs.summary import seven_facts
from oscar_referrals.programs.terms_document import Part, document


@dataclass(frozen=True, kw_only=True)
class RenderedTerms:
    """The terms of one version in one language, as they will be frozen."""

    html: str
    text: str


class TermsSource(Protocol):
    """The port of the setting ``TERMS_SOURCE``; instantiated without arguments."""

    def problems(self, version: ProgramVersion) -> list[str]:
        """Why the version can't be published yet, translated, each saying what to do."""

    def render(self, version: ProgramVersion, language: str) -> RenderedTerms:
        """The terms in ``language``. Only called when there are no problems."""


class TypedTerms:
    """The sections made from the rules, followed by what the operator typed in the dashboard.

    Where the settings lack what only the shop can know (who runs the program, age and countries,
    appeal, privacy), the typed words have to say it: the operator is reminded of that.
    """

    def problems(self, version: ProgramVersion) -> list[str]:
        """A language without words, or words whose figures are not the version's."""
        typed = typed_terms(version)
        found = []
        for language in conf.get().languages:
            text = typed.get(language, "").strip()
            if not text:
                found.append(
                    gettext("Write the terms in %(language)s.")
                    % {"language": language_name(language)}
                )
        for refused in self.refused(version):
            found.append(f"{_problem(refused)} {in_words(refused.finding)}")
        return found

    def refused(self, version: ProgramVersion) -> list[Refused]:
        """Every statement in the typed words that keeps the version from being published."""
        typed = typed_terms(version)
        return [
            Refused(finding=finding, where=language_name(language), language=language)
            for language in conf.get().languages
            for finding in contradictions(version, typed.get(language, ""), language)
        ]

    def warnings(self, version: ProgramVersion) -> list[str]:
        """What the typed words have to say, since nobody else does."""
        wanted = [section.wanted for section in sections_of(version) if section.wanted]
        if not wanted:
            return []
        return [
            gettext("Your own words have to say %(wanted)s: the shop's settings don't.")
            % {"wanted": "; ".join(wanted)}
        ]

    def render(self, version: ProgramVersion, language: str) -> RenderedTerms:
        """Summary, sections, then the typed text as paragraphs (no HTML in it)."""
        with override(language):
            typed = typed_terms(version).get(language, "").strip()
            title = gettext("Further terms")
            further = Part(
                anchor="terms-further",
                title=title,
                sentences=[],
                after=mark_safe(linebreaks(typed, autoescape=True)),
            )
            html = document(version, further=[further] if typed else [])
            facts = seven_facts(version, reader=None)
            blocks = [
                gettext("In short"),
                *(_as_text(fact.title, fact.texts) for fact in facts),
                *(_as_text(item.title, item.sentences) for item in sections_of(version)),
            ]
            if typed:
                blocks.append(f"{title}\n{typed}")
        return RenderedTerms(html=html.strip(), text="\n\n".join(blocks))


def _as_text(heading: str, sentences: list[str]) -> str:
    return "\n".join([heading, *(f"- {sentence}" for sentence in sentences)])


def typed_terms(version: ProgramVersion) -> dict[str, str]:
    """What was typed, by language."""
    return dict(version.draft_terms.values_list("language", "text"))


def clauses_by_section(clauses: list[Clause]) -> list[tuple[str, list[Clause]]]:
    """The clauses under their translated headings: for friends, for advocates, the program."""
    headings = {
        "friend": gettext("What friends get"),
        "advocate": gettext("What advocates get"),
        "program": gettext("How the program works"),
    }
    return [
        (heading, found)
        for section, heading in headings.items()
        if (found := [clause for clause in clauses if clause.section == section])
    ]


def language_name(language: str) -> str:
    """The language's own name as the shop's settings have it, else its code."""
    return str(dict(settings.LANGUAGES).get(language, language))


def _problem(refused: Refused) -> str:
    names = {"language": refused.where, "figure": refused.finding.figure}
    if refused.finding.kind == Kind.PHRASE:
        text = gettext(
            "The terms in %(language)s say “%(figure)s”, which promises or urges what no program "
            "can. Take it out."
        )
    elif refused.finding.is_swapped:
        text = gettext(
            "The terms in %(language)s say “%(figure)s”, which this version has for something "
            "else than the sentence says. Correct it or take it out."
        )
    else:
        text = gettext(
            "The terms in %(language)s say “%(figure)s”, which is not a figure of this version. "
            "Correct it or take it out."
        )
    return text % names


def sha256_of(terms: RenderedTerms) -> str:
    """The fingerprint of both forms; equal words have equal fingerprints."""
    return hashlib.sha256(f"{terms.html}\0{terms.text}".encode()).hexdigest()
