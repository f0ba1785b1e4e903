"""Statements on pages that are no terms pages: which are read, and which a version refuses.

On a page that is about the program as a whole every sentence is read, and so is everything in our
own blocks. On another page on which such a block stands, or a program is chosen, only sentences
that speak of the program are: a product's price is no promise of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale, Revision, Site

from oscar_referrals.money import format_moment
from oscar_referrals.programs.contradictions import Refused, contradictions
from oscar_referrals.programs.live import live_offer
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.statements.mentions import sentences_about_program
from oscar_referrals.programs.terms import language_name
from oscar_referrals.programs.waivers import without_waived
from wagtail_referrals.languages import language_of
from wagtail_referrals.models import ReferralTermsMixin
from wagtail_referrals.page_reading import PageReading
from wagtail_referrals.page_words import can_name_program, names_program, texts_of
from wagtail_referrals.purge import KINDS, live_pages
from wagtail_referrals.site_settings import ReferralSettings


def is_read(page: Any) -> bool:
    """Whether the page speaks of the program, and is no terms page: those have rules of their own.

    Aliases are left out: they say what their original says, in its language.
    """
    if isinstance(page, ReferralTermsMixin) or page.alias_of_id is not None:
        return False
    return isinstance(page, KINDS) or names_program(page)


def can_speak(kind: type[Any]) -> bool:
    """Whether a page of a class may be one that `is_read`; no query."""
    return issubclass(kind, KINDS) or can_name_program(kind)


def refused_on(page: Any, version: ProgramVersion) -> list[Refused]:
    """The statements on the page, in its fields as they are, that ``version`` does not bear out."""
    language, where = language_of(page.locale), _where(page)
    return [
        Refused(finding=finding, where=where, language=language)
        for finding in contradictions(version, _words_of(page, language), language)
    ]


def refused_on_pages(version: ProgramVersion, with_drafts: bool) -> Iterator[Refused]:
    """The same of every live page of the program's websites, of every page that is to be published
    by a schedule, and of what is saved beside a live one."""
    websites = _websites_of(version.program)
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    reading = PageReading(version, name="all" if with_drafts else "live")
    refused: list[Refused] = []
    for found in live_pages():
        page = found.specific
        page.locale = locales[page.locale_id]
        if not _is_on(page, websites):
            continue
        refused += _read(page, reading)
        if with_drafts and page.has_unpublished_changes:
            refused += _read(page.get_latest_revision_as_object(), reading)
    for moment, page in _scheduled_pages():
        if _is_on(page, websites):
            refused += (
                replace(one, where=_where_scheduled(page, moment)) for one in _read(page, reading)
            )
    reading.keep()
    stays = set(without_waived(version, (one.finding for one in refused)))
    return (one for one in refused if one.finding in stays)


def _scheduled_pages() -> Iterator[tuple[datetime, Any]]:
    """Pages with the words that a schedule will publish, and when: then nobody is asked."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    for revision in waiting.select_related("content_type").order_by("approved_go_live_at"):
        kind = revision.content_type.model_class()
        if kind is not None and can_speak(kind):
            yield revision.approved_go_live_at, revision.as_object()


def _is_on(page: Any, websites: set[int]) -> bool:
    # Its address tells the website without a query, where the website itself would be one.
    address = page.get_url_parts()
    return address is None or address[0] in websites


def _read(page: Any, reading: PageReading) -> Iterator[Refused]:
    language = language_of(page.locale)
    found = reading.of(page, language, lambda: _words_of(page, language) if is_read(page) else "")
    for finding in found:
        yield Refused(finding=finding, where=_where(page), language=language)


def version_for(page: Any, request: HttpRequest) -> ProgramVersion | None:
    """The version that the page's words are read against: of the program that its website shows."""
    site = page.get_site()
    chosen = ReferralSettings.objects.filter(site=site).first() if site is not None else None
    if chosen is not None and chosen.program is not None:
        is_live = chosen.program.status == Program.Status.LIVE
        return chosen.program.current_version if is_live else None
    offer = live_offer(request)
    return offer.version if offer is not None else None


def _websites_of(program: Program) -> set[int]:
    """The websites that may speak of ``program``; where one has the shop's own host, that one."""
    others = ReferralSettings.objects.filter(program__isnull=False).exclude(program=program)
    sites = list(Site.objects.exclude(pk__in=others.values("site")))
    host = program.site.domain.partition(":")[0].lower()
    return {site.pk for site in sites if site.hostname.lower() == host} or {
        site.pk for site in sites
    }


def _words_of(page: Any, language: str) -> str:
    is_about = isinstance(page, KINDS)
    return "\n".join(
        one.text if one.is_ours or is_about else sentences_about_program(one.text, language)
        for one in texts_of(page)
    )


def _where(page: Any) -> str:
    return _("The page “%(title)s” (%(language)s)") % {
        "title": page.title,
        "language": language_name(language_of(page.locale)),
    }


def _where_scheduled(page: Any, moment: datetime) -> str:
    return _("The page “%(title)s” (%(language)s) as scheduled for %(moment)s") % {
        "title": page.title,
        "language": language_name(language_of(page.locale)),
        "moment": format_moment(moment),
    }
