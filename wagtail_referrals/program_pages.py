"""Pages about the program: one for those who recommend, and one that says all of it.

Each is a generated part between the editor's own. It comes from the rules of the live program, and
where there is nothing to invite to it says so in the offer's place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from oscar_referrals.account.call_to_action import portal_address
from oscar_referrals.account.program_state import program_state
from oscar_referrals.account.progress_bars import bars_of, rewards_of, successful_of
from oscar_referrals.account.reward_choice import chosen_in, questions_for
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.live import LiveOffer
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.summary import seven_facts
from oscar_referrals.programs.terms import clauses_by_section
from wagtail_referrals.compat import IS_BASE_PAGE_SWAPPED
from wagtail_referrals.kind_template import KindTemplate
from wagtail_referrals.landing_page import LandingBlocks
from wagtail_referrals.member_blocks import member_of, share_panel

if TYPE_CHECKING:
    from wagtail.models import Page as PageFields
else:
    # At run time the shop chooses which page class the mixin is mixed into.
    from django.db.models import Model as PageFields

Side = Incentive.Side


class AboutProgram(KindTemplate, PageFields):
    """What both kinds of pages have in common: own words around what the live program says."""

    opening = StreamField(
        LandingBlocks(),
        blank=True,
        verbose_name=_("opening"),
        help_text=_("Stands below the title, before what is made from the rules."),
    )
    body = StreamField(
        LandingBlocks(),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Stands after what is made from the rules. Leave figures to the blocks."),
    )

    program_panels = [FieldPanel("opening"), FieldPanel("body")]
    program_search_fields = [index.SearchField("opening"), index.SearchField("body")]
    #: Whose own amount the seven facts begin with; None: both by name.
    facts_for: str | None = None

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the ``offer`` and what it says; without one ``state_text``, which says why.

        For visitors at most three queries, and two while there is an offer.
        """
        context = super().get_context(request, *args, **kwargs)
        state = program_state(request)
        offer = state.offer
        context |= {
            "offer": offer,
            "state_text": state.text,
            "portal_url": portal_address(),
            "shop_url": resolve_url(settings.OSCAR_HOMEPAGE),
        }
        return context | self.offer_context(request, offer) if offer is not None else context

    def offer_context(self, request: HttpRequest, offer: LiveOffer) -> dict[str, Any]:
        """What both get, the seven facts and all conditions: no query."""
        clauses = offer.clauses()
        return {
            "friend_gets": offer.sentence(Side.FRIEND, reader=Side.ADVOCATE),
            "advocate_gets": offer.sentence(Side.ADVOCATE, reader=Side.ADVOCATE),
            "seven_facts": seven_facts(offer.version, reader=self.facts_for, clauses=clauses),
            "condition_sections": clauses_by_section(clauses),
        }


class ReferralAdvocateMixin(AboutProgram):
    """Makes a page class the page for those who recommend.

    Visitors read how it works and can join; members have their link and their goals there. Put it
    before the page class: ``class ReferAFriend(ReferralAdvocateMixin, BasePage)``.
    """

    kind_template = "wagtail_referrals/referral_advocate_page.html"
    facts_for = Side.ADVOCATE

    class Meta:
        abstract = True

    def offer_context(self, request: HttpRequest, offer: LiveOffer) -> dict[str, Any]:
        """Add for a member the ``sharing`` and ``progress_bars`` of the account page.

        What a member reads keeps the page out of shared caches; see `member_of`.
        """
        context = super().offer_context(request, offer)
        member = member_of(request)
        return context | _of_member(request, member, offer) if member is not None else context


class ReferralOverviewMixin(AboutProgram):
    """Makes a page class the overview of the program: the same for everybody, so it can be cached.

    Put it before the page class: ``class OurProgram(ReferralOverviewMixin, BasePage)``.
    """

    kind_template = "wagtail_referrals/referral_overview_page.html"

    class Meta:
        abstract = True


class ReferralAdvocatePage(ReferralAdvocateMixin, Page):
    """The page for those who recommend, for shops without a page class of their own."""

    content_panels = [*Page.content_panels, *ReferralAdvocateMixin.program_panels]
    search_fields = [*Page.search_fields, *ReferralAdvocateMixin.program_search_fields]

    class Meta:
        abstract = IS_BASE_PAGE_SWAPPED
        app_label = "wagtail_referrals"
        verbose_name = _("advocate page")
        verbose_name_plural = _("advocate pages")

    def __str__(self) -> str:
        return self.title


class ReferralOverviewPage(ReferralOverviewMixin, Page):
    """The overview of the program, for shops without a page class of their own."""

    content_panels = [*Page.content_panels, *ReferralOverviewMixin.program_panels]
    search_fields = [*Page.search_fields, *ReferralOverviewMixin.program_search_fields]

    class Meta:
        abstract = IS_BASE_PAGE_SWAPPED
        app_label = "wagtail_referrals"
        verbose_name = _("program overview page")
        verbose_name_plural = _("program overview pages")

    def __str__(self) -> str:
        return self.title


def _of_member(request: HttpRequest, member: Advocate, offer: LiveOffer) -> dict[str, Any]:
    version = offer.version
    return {
        "is_member": True,
        "sharing": share_panel(request, member, offer),
        "progress_bars": bars_of(
            member,
            version,
            successful=successful_of(member),
            rewards=rewards_of(request.user),
            preferred=chosen_in(questions_for(member, version)),
        ),
    }
