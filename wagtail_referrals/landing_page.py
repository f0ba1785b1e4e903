"""A page of the website behind the share links: the invitation, and around it what editors add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.search import index

from oscar_referrals.account.facts import facts_of
from oscar_referrals.account.landing import LandingView
from oscar_referrals.account.program_state import program_state
from oscar_referrals.programs.models import Incentive
from wagtail_referrals.blocks import ReferralBlocks
from wagtail_referrals.compat import IS_BASE_PAGE_SWAPPED
from wagtail_referrals.kind_template import KindTemplate

if TYPE_CHECKING:
    from wagtail.models import Page as PageFields
else:
    # At run time the shop chooses which page class the mixin is mixed into.
    from django.db.models import Model as PageFields


class LandingBlocks(ReferralBlocks):
    """Words and pictures of the shop between the blocks of the program."""

    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        template="wagtail_referrals/blocks/landing_text.html",
    )
    image = ImageChooserBlock(
        label=_("Picture"), template="wagtail_referrals/blocks/landing_image.html"
    )


class InvitationView(LandingView):
    """The shop's own page behind a link, in the frame of a page of the website.

    All that it does, from the touch to the claim, is done by the view that it derives from.
    """

    page: Any = None
    may_stand_elsewhere = False

    def get_template_names(self) -> list[str]:
        """The page's own, but for robots."""
        names = super().get_template_names()
        if self.template_for_robots in names:
            return names
        return [self.page.get_template(self.request)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page brings itself."""
        context: dict[str, Any] = self.page.get_context(self.request, is_invitation=True)
        return context | super().get_context_data(**kwargs) | {"is_invitation": True}


class ReferralLandingMixin(KindTemplate, RoutablePageMixin, PageFields):
    """Makes a page class a page behind share links: ``<page>/<code>/`` is the code's invitation.

    Put it before the page class: ``class Welcome(ReferralLandingMixin, BasePage)``. Without a code
    the page says what friends get from the live program.
    """

    body = StreamField(
        LandingBlocks(),
        blank=True,
        verbose_name=_("body"),
        help_text=_(
            "Stands below the invitation, which is made from the rules. Leave figures to the "
            "blocks."
        ),
    )

    kind_template = "wagtail_referrals/referral_landing_page.html"
    landing_panels = [FieldPanel("body")]
    landing_search_fields = [index.SearchField("body")]

    class Meta:
        abstract = True

    @path("<str:code>/", name="invitation")
    def invitation(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """The invitation of a code: a useful page for any, and the same for all unknown ones."""
        return InvitationView.as_view(page=self)(request, code=code)

    def invitation_path(self, request: HttpRequest, code: str) -> str:
        """The address of the invitation, on this website."""
        below = self.reverse_subpage("invitation", kwargs={"code": code})
        return f"{self.get_url(request)}{below}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the offer to friends, or why there is none, for who came without a code."""
        context = super().get_context(request, *args, **kwargs)
        if kwargs.get("is_invitation"):
            return context
        context["shop_url"] = resolve_url(settings.OSCAR_HOMEPAGE)
        offer, text = program_state(request)
        if offer is None:
            return context | {"state_text": text}
        return context | facts_of(offer.version, reader=Incentive.Side.FRIEND)


class ReferralLandingPage(ReferralLandingMixin, Page):
    """The invitation page for shops without a page class of their own."""

    content_panels = [*Page.content_panels, *ReferralLandingMixin.landing_panels]
    search_fields = [*Page.search_fields, *ReferralLandingMixin.landing_search_fields]
    # An address below it is a code.
    subpage_types: list[str] = []

    class Meta:
        abstract = IS_BASE_PAGE_SWAPPED
        app_label = "wagtail_referrals"
        verbose_name = _("invitation page")
        verbose_name_plural = _("invitation pages")

    def __str__(self) -> str:
        return self.title
