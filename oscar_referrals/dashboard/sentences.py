"""What a version promises, in sentences made from its rules, as the operator's pages show them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.utils import translation

from oscar_referrals import conf
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.problems import terms_source
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.terms import clauses_by_section, language_name, sha256_of, typed_terms


@dataclass(frozen=True)
class Translated:
    """All sentences of a version in one language."""

    code: str
    name: str
    #: Headings with the sentences under them.
    sections: list[tuple[str, list[Clause]]]
    #: What the operator typed below them; empty where the terms are kept elsewhere.
    typed: str


class Sentences:
    """A version in words; each part is made when a page asks for it."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    @cached_property
    def friend(self) -> str:
        """The friend's offer in one short sentence; empty if there is none yet."""
        return offer_sentence(self.version, Incentive.Side.FRIEND)

    @cached_property
    def advocate(self) -> str:
        """The advocate's reward in one short sentence; empty if there is none yet."""
        return offer_sentence(self.version, Incentive.Side.ADVOCATE)

    @cached_property
    def sections(self) -> list[tuple[str, list[Clause]]]:
        """Headings with all sentences, in the language of the page."""
        return clauses_by_section(describe(self.version))

    @cached_property
    def languages(self) -> list[Translated]:
        """The sentences in every language in which terms must exist."""
        typed = typed_terms(self.version)
        return [self._in(code, typed.get(code, "")) for code in conf.get().languages]

    @cached_property
    def opened(self) -> str:
        """The language that is shown first: the reader's if terms must exist in it."""
        codes, reader = conf.get().languages, translation.get_language()
        return reader if reader in codes else codes[0]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with any sentence and any typed word."""
        digest = hashlib.sha256()
        for language in self.languages:
            for _heading, clauses in language.sections:
                for clause in clauses:
                    digest.update(f"{clause.key}\0{clause.text}\0".encode())
            digest.update(f"{language.code}\0{language.typed}\0".encode())
        return digest.hexdigest()

    def _in(self, code: str, typed: str) -> Translated:
        with translation.override(code):
            sections = clauses_by_section(describe(self.version))
        return Translated(code=code, name=language_name(code), sections=sections, typed=typed)


@dataclass(frozen=True)
class TermsPreview:
    """The terms in one language as publishing would freeze them now."""

    code: str
    name: str
    text: str
    sha256: str


def preview_terms(version: ProgramVersion) -> list[TermsPreview]:
    """What would be frozen in every language. Only for a version without problems."""
    source = terms_source()
    previews = []
    for code in conf.get().languages:
        with translation.override(code):
            terms = source.render(version, code)
        previews.append(
            TermsPreview(
                code=code, name=language_name(code), text=terms.text, sha256=sha256_of(terms)
            )
        )
    return previews


def fingerprint_of(terms: list[TermsPreview]) -> str:
    """Changes with any word of the terms: what was read is what is published."""
    return hashlib.sha256("".join(term.sha256 for term in terms).encode()).hexdigest()
