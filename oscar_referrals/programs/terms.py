"""Where the words of a version's terms come from: a port, and what is typed in the dashboard."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import Refused, contradictions, in_words
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.sections import sections_of
from oscar_referrals.programs.statements import Kind
from oscar_referrals.programs.summary import seven_facts
from oscar_referrals.programs.terms_document import OwnWords, Part, document
from oscar_referrals.programs.typed_words import (
    further_title,
    sorted_words,
    title_in,
    unknown_to_settings,
)


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

    What is typed under the title of a section stands in that section, the rest behind them all.
    Where the settings lack what only the shop can know (who runs the program, age and countries,
    appeal, privacy), the typed words have to say it there (C27).
    """

    def problems(self, version: ProgramVersion) -> list[str]:
        """A language without words, a section that says nothing, or figures of no rule."""
        typed = typed_terms(version)
        found = []
        for language in conf.get().languages:
            text = typed.get(language, "").strip()
            if not text:
                found.append(
                    gettext("Write the terms in %(language)s.")
                    % {"language": language_name(language)}
                )
            else:
                found += _missing(text, language)
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

    def render(self, version: ProgramVersion, language: str) -> RenderedTerms:
        """Summary, sections with what was typed in them, then the rest of it (no HTML in it)."""
        typed = sorted_words(typed_terms(version).get(language, ""), language)
        with override(language):
            title = further_title()
            further = Part(
                anchor="terms-further",
                title=title,
                sentences=[],
                after=_as_paragraphs(typed.further),
            )
            own = {
                key: OwnWords(after=_as_paragraphs(words))
                for key, words in typed.by_section.items()
            }
            html = document(version, words=own, further=[further] if typed.further else [])
            facts = seven_facts(version, reader=None)
            blocks = [
                gettext("In short"),
                *(_as_text(fact.title, fact.texts) for fact in facts),
                *(
                    _as_text(item.title, item.sentences, typed.by_section.get(item.key, ""))
                    for item in sections_of(version)
                ),
            ]
            if typed.further:
                blocks.append(f"{title}\n{typed.further}")
        return RenderedTerms(html=html.strip(), text="\n\n".join(blocks))


def _missing(text: str, language: str) -> list[str]:
    """What has to be said in ``text`` because the settings don't, each with where to write it."""
    said = sorted_words(text, language).by_section
    return [
        gettext(
            "The terms in %(language)s have to say %(wanted)s. Write it below a line of its own "
            "that reads “%(section)s”, or have the shop's settings say it."
        )
        % {
            "language": language_name(language),
            "wanted": kind.wanted,
            "section": title_in(kind, language),
        }
        for kind in unknown_to_settings()
        if kind.key not in said
    ]


def _as_paragraphs(text: str) -> SafeString:
    return mark_safe(linebreaks(text, autoescape=True)) if text else mark_safe("")


def _as_text(heading: str, sentences: list[str], words: str = "") -> str:
    lines = [heading, *(f"- {sentence}" for sentence in sentences), words]
    return "\n".join(line for line in lines if line)


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
