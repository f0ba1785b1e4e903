"""Where the words of a version's terms come from: a port, and what is typed in the dashboard."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import contradictions
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause


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
    """The clauses made from the rules, followed by what the operator typed in the dashboard."""

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
            for figure in contradictions(version, text, language):
                found.append(
                    gettext(
                        "The terms in %(language)s say “%(figure)s”, which is not a figure of "
                        "this version. Correct it or take it out."
                    )
                    % {"language": language_name(language), "figure": figure}
                )
        return found

    def render(self, version: ProgramVersion, language: str) -> RenderedTerms:
        """Headings, the clauses as lists, then the typed text as paragraphs (no HTML in it)."""
        with override(language):
            sections = clauses_by_section(describe(version))
            typed = typed_terms(version).get(language, "").strip()
            html = format_html_join("\n", "<h2>{}</h2>\n<ul>\n{}\n</ul>", _items(sections))
            text = "\n\n".join(
                "\n".join([heading, *(f"- {clause.text}" for clause in clauses)])
                for heading, clauses in sections
            )
            if typed:
                heading = gettext("Further terms")
                html = format_html(
                    "{}\n<h2>{}</h2>\n{}",
                    html,
                    heading,
                    mark_safe(linebreaks(typed, autoescape=True)),
                )
                text = f"{text}\n\n{heading}\n{typed}"
        return RenderedTerms(html=html, text=text)


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


def sha256_of(terms: RenderedTerms) -> str:
    """The fingerprint of both forms; equal words have equal fingerprints."""
    return hashlib.sha256(f"{terms.html}\0{terms.text}".encode()).hexdigest()


def _items(sections: list[tuple[str, list[Clause]]]) -> list[tuple[str, SafeString]]:
    return [
        (heading, format_html_join("\n", "<li>{}</li>", ((clause.text,) for clause in clauses)))
        for heading, clauses in sections
    ]
