"""Whether the pages are ready for a version: whose words are for it, and what is still missing.

A page says which version its words are for. Words for a version in preparation stay unseen until
that version is published. Where no page was prepared for it, the words that are live are kept: a
change of figures alone needs no editor, since the generated sentences follow the rules. As soon as
one language was prepared, all have to be.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs.contradictions import Refused, contradictions, in_words
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.statements import Kind
from oscar_referrals.programs.terms import language_name
from wagtail_referrals.completeness import empty_sections
from wagtail_referrals.document import words_in
from wagtail_referrals.languages import languages_by_locale, locale_code
from wagtail_referrals.models import ReferralTermsMixin, terms_pages
from wagtail_referrals.translation import has_untranslated_words


def page_for(version: ProgramVersion, language: str) -> ReferralTermsMixin | None:
    """The page whose words are to be frozen with ``version`` in ``language``, if it is clear."""
    found = terms_pages(version.program).get(locale_code(language), [])
    live = [page for page in found if page.live]
    if len(live) != 1:
        return None
    page = live[0]
    return page if is_prepared(page, version) or keeps_words(page, version) else None


def is_prepared(page: ReferralTermsMixin, version: ProgramVersion) -> bool:
    """The editor wrote or confirmed the page's words for this very version."""
    return page.words_for_id() == version.pk


def keeps_words(page: ReferralTermsMixin, version: ProgramVersion) -> bool:
    """The words in force may stay for ``version`` when it takes over from the current one."""
    current = version.program.current_version_id
    return current is not None and page.words_for_id() == current


def problems_of(version: ProgramVersion) -> list[str]:
    """What keeps the pages' words from being frozen with ``version``, each naming its page.

    For a version that is published already, only the pages whose words are for it matter: where
    the others are gone or ahead of it, what was frozen stays.
    """
    pages = terms_pages(version.program)
    if version.status != ProgramVersion.Status.DRAFT:
        return [
            problem
            for page in (page for found in pages.values() for page in found)
            if page.live and is_prepared(page, version)
            for problem in problems_of_page(page, version)
        ]
    problems: list[str] = []
    chosen: list[ReferralTermsMixin] = []
    for code, language in languages_by_locale().items():
        found = pages.get(code, [])
        live = [page for page in found if page.live]
        if len(live) == 1:
            chosen.append(live[0])
        else:
            problems.append(_not_one(version, language, found, live))
    some_prepared = any(is_prepared(page, version) for page in chosen)
    for page in chosen:
        unready = _why_not_ready(page, version, some_prepared=some_prepared)
        problems += [unready] if unready else problems_of_page(page, version)
    return problems


def problems_of_page(page: ReferralTermsMixin, version: ProgramVersion) -> list[str]:
    """What is wrong with the page's words for ``version``: a section missing, wrong figures."""
    missing = [
        _(
            "The terms page %(page)s has to say under “%(section)s” %(wanted)s. Open it in "
            "Wagtail, add your words at that section and publish it."
        )
        % {"page": page_name(page), "section": section.title, "wanted": section.wanted}
        for section in empty_sections(version, page.section_words)
    ]
    if has_untranslated_words(page):
        missing.append(
            _(
                "The terms page %(page)s has words that nobody has translated. Translate them in "
                "Wagtail and publish the page."
            )
            % {"page": page_name(page)}
        )
    return [
        *missing,
        *(
            f"{_says(refused, version)} {in_words(refused.finding)}"
            for refused in refused_on_page(page, version)
        ),
    ]


def refused_of(version: ProgramVersion) -> list[Refused]:
    """Every statement that keeps the pages' words from being frozen with ``version``.

    Words that are saved and not published count as well: they are why a page can't be published.
    """
    found: dict[Refused, None] = {}
    for pages in terms_pages(version.program).values():
        for page in pages:
            words = [page] if page.live and _are_for(page, version) else []
            if page.has_words_waiting_for(version):
                words.append(page.get_latest_revision_as_object())
            for kept in words:
                found |= dict.fromkeys(refused_on_page(kept, version))
    return list(found)


def refused_on_page(page: ReferralTermsMixin, version: ProgramVersion) -> list[Refused]:
    """The statements in the page's own words that ``version`` does not bear out."""
    words = "\n".join(
        words_in(value) for value in (page.opening, page.section_words, page.own_terms)
    )
    language = page.terms_language
    return [
        Refused(finding=finding, where=page_name(page), language=language)
        for finding in contradictions(version, words, language)
    ]


def _are_for(page: ReferralTermsMixin, version: ProgramVersion) -> bool:
    return is_prepared(page, version) or keeps_words(page, version)


def _says(refused: Refused, version: ProgramVersion) -> str:
    if refused.finding.kind == Kind.PHRASE:
        text = _(
            "The terms page %(page)s says “%(figure)s”, which promises or urges what no program "
            "can. Open it in Wagtail, take it out and publish it."
        )
    elif refused.finding.is_swapped:
        text = _(
            "The terms page %(page)s says “%(figure)s”, which version %(number)d has for "
            "something else than the sentence says. Open it in Wagtail, choose this version, "
            "correct the words and publish it."
        )
    else:
        text = _(
            "The terms page %(page)s says “%(figure)s”, which is not a figure of version "
            "%(number)d. Open it in Wagtail, choose this version, correct the words and "
            "publish it."
        )
    return text % {
        "page": refused.where,
        "figure": refused.finding.figure,
        "number": version.number,
    }


def page_name(page: ReferralTermsMixin) -> str:
    """How messages call a page: its title and its language."""
    return _("“%(title)s” (%(language)s)") % {
        "title": page.title,
        "language": language_name(page.terms_language),
    }


def _not_one(
    version: ProgramVersion,
    language: str,
    pages: list[ReferralTermsMixin],
    live: list[ReferralTermsMixin],
) -> str:
    if live:
        text = _(
            "There are %(count)d live terms pages in %(language)s: %(pages)s. "
            "Unpublish all but one of them in Wagtail."
        )
    elif pages:
        text = _("The terms page %(pages)s is not published. Complete and publish it in Wagtail.")
    else:
        text = _(
            "There is no terms page for “%(program)s” in %(language)s. Create and publish one in "
            "Wagtail."
        )
    return text % {
        "count": len(live),
        "language": language_name(language),
        "pages": ", ".join(page_name(page) for page in live or pages[:1]),
        "program": version.program.name,
    }


def _why_not_ready(
    page: ReferralTermsMixin, version: ProgramVersion, *, some_prepared: bool
) -> str | None:
    if is_prepared(page, version):
        return None
    if page.has_words_waiting_for(version):
        text = _(
            "The words of the terms page %(page)s for version %(number)d are saved but not "
            "published. Publish the page in Wagtail."
        )
    elif some_prepared or not keeps_words(page, version):
        text = _(
            "The terms page %(page)s is not prepared for version %(number)d. Open it in Wagtail, "
            "choose this version, check the words and publish it."
        )
    else:
        return None
    return text % {"page": page_name(page), "number": version.number}
