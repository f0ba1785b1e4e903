"""The referral part of the admin's home page: what waits for somebody, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from oscar_referrals.insight.attention import attention
from oscar_referrals.money import format_day
from oscar_referrals.programs.models import Program, ProgramVersion, TermsVersion
from oscar_referrals.programs.terms import language_name
from wagtail_referrals.dashboard_links import page_url, program_url
from wagtail_referrals.listings.pages import terms_listing
from wagtail_referrals.readiness import problems_of
from wagtail_referrals.terms_source import is_terms_source

SEE_PROGRAMS = "oscar_referrals.view_program"
SEE_REFERRALS = "oscar_referrals.view_referral"
#: For so long something is news, and so many pieces of it are told.
NEWS = timedelta(days=30)
MOST = 5
#: Drafts whose words are looked at; a program has one at most.
MOST_DRAFTS = 3


@dataclass(frozen=True)
class Entry:
    """A sentence, and where to go with it."""

    text: str
    url: str | None = None


class ReferralPanel(Component):
    """Shown to those who may see programs or referrals, if there is anything to say."""

    name = "referrals"
    template_name = "wagtail_referrals/home/panel.html"
    order = 250

    def __init__(self, request: HttpRequest) -> None:
        self.user: Any = request.user

    @property
    def media(self) -> Media:
        """Our styles."""
        return Media(css={"all": ["wagtail_referrals/home.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Three lists, each empty for those whom it doesn't concern."""
        return {"waiting": self.waiting, "drafts": self.drafts, "news": self.news}

    @property
    def has_something(self) -> bool:
        """At least one sentence."""
        return bool(self.waiting or self.drafts or self.news)

    @cached_property
    def waiting(self) -> list[Entry]:
        """What an operator should look at; a fixed number of queries."""
        return list(self._waiting()) if self.user.has_perm(SEE_REFERRALS) else []

    @cached_property
    def drafts(self) -> list[Entry]:
        """What keeps versions in preparation from being published, as far as words go."""
        return list(self._drafts()) if self.user.has_perm(SEE_PROGRAMS) else []

    @cached_property
    def news(self) -> list[Entry]:
        """What changed lately, the newest first; two queries."""
        if not self.user.has_perm(SEE_PROGRAMS):
            return []
        told = sorted(self._news(timezone.now() - NEWS), key=lambda one: one[0], reverse=True)
        return [entry for _moment, entry in told[:MOST]]

    def _waiting(self) -> Iterator[Entry]:
        found = attention(timezone.now())
        credits_page = page_url(self.user, "referrals-assignment-list")
        attention_page = page_url(self.user, "referrals-attention")
        referrals_page = page_url(self.user, "referrals-referral-list")
        counted = (
            (
                found.credits_waiting,
                ngettext(
                    "%(number)d credit by hand waits for a second person.",
                    "%(number)d credits by hand wait for a second person.",
                    found.credits_waiting,
                ),
                credits_page,
            ),
            (
                found.settlements_waiting,
                ngettext(
                    "%(number)d settlement outside the shop waits for a second person.",
                    "%(number)d settlements outside the shop wait for a second person.",
                    found.settlements_waiting,
                ),
                page_url(self.user, "referrals-settlement-list"),
            ),
            (
                found.late_claims,
                ngettext(
                    "%(number)d friend said after the order who invited them.",
                    "%(number)d friends said after the order who invited them.",
                    found.late_claims,
                ),
                credits_page,
            ),
            (
                found.failed_settlements,
                ngettext(
                    "The rewards of %(number)d referral could not be brought up to date.",
                    "The rewards of %(number)d referrals could not be brought up to date.",
                    found.failed_settlements,
                ),
                attention_page,
            ),
            (
                found.orders_without_payment_facts,
                ngettext(
                    "Nothing says whether %(number)d credited order is paid.",
                    "Nothing says whether %(number)d credited orders are paid.",
                    found.orders_without_payment_facts,
                ),
                referrals_page,
            ),
            (
                found.messages_given_up,
                ngettext(
                    "%(number)d message could not be sent.",
                    "%(number)d messages could not be sent.",
                    found.messages_given_up,
                ),
                attention_page,
            ),
        )
        for number, text, url in counted:
            if number:
                yield Entry(text % {"number": number}, url)

    def _drafts(self) -> Iterator[Entry]:
        if not is_terms_source():
            return
        drafts = ProgramVersion.objects.filter(status=ProgramVersion.Status.DRAFT)
        pages = terms_listing()
        for version in drafts.select_related("program")[:MOST_DRAFTS]:
            for problem in problems_of(version):
                yield Entry(problem, pages)

    def _news(self, since: datetime) -> Iterator[tuple[datetime, Entry]]:
        changed = Program.objects.filter(status_changed_at__gte=since)
        for program in changed.order_by("-status_changed_at")[:MOST]:
            if program.status_changed_at is not None:
                text = _("“%(program)s”: %(status)s since %(day)s.") % {
                    "program": program.name,
                    "status": program.get_status_display(),
                    "day": format_day(program.status_changed_at),
                }
                yield program.status_changed_at, Entry(text, program_url(self.user, program))
        editions = TermsVersion.objects.filter(frozen_at__gte=since)
        newest = editions.select_related("version__program").order_by("-frozen_at")
        for terms in newest[:MOST]:
            text = _(
                "The terms of “%(program)s” in %(language)s are in force since %(day)s: version "
                "%(version)d, edition %(edition)d."
            ) % {
                "program": terms.version.program.name,
                "language": language_name(terms.language),
                "day": format_day(terms.frozen_at),
                "version": terms.version.number,
                "edition": terms.sequence,
            }
            program_page = reverse("referral_programs:inspect", args=[terms.version.program_id])
            yield terms.frozen_at, Entry(text, program_page)


class ProgramsSummaryItem(SummaryItem):
    """How many programs are live, among the numbers at the top of the home page."""

    order = 400
    template_name = "wagtail_referrals/home/summary.html"

    def is_shown(self) -> bool:
        """To those who may see programs."""
        return bool(self.request.user.has_perm(SEE_PROGRAMS))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """One query."""
        return {
            "live": Program.objects.filter(status=Program.Status.LIVE).count(),
            "url": f"{reverse('referral_programs:index')}?status={Program.Status.LIVE.value}",
        }


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel on the home page, if it has something to say to this reader."""
    panel = ReferralPanel(request)
    if panel.has_something:
        panels.append(panel)


def add_summary(request: HttpRequest, items: list[Any]) -> None:
    """Put the number beside Wagtail's."""
    items.append(ProgramsSummaryItem(request))
