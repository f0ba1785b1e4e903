"""Blocks that show members what is theirs. What they say keeps a page out of shared caches.

Whoever isn't known as a member costs a page nothing beyond the live offer. Who a member is, their
code and its texts are asked once per request, however many blocks there are.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from oscar_referrals import conf
from oscar_referrals.account.call_to_action import portal_address
from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.share import Sharing, sharing_of
from oscar_referrals.checkout.personal_page import say_personal
from oscar_referrals.checkout.session import is_member
from oscar_referrals.insight.leaders import leaders, month_start
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.live import LiveOffer
from oscar_referrals.programs.models import Incentive
from oscar_referrals.sharing.codes import active_code
from wagtail_referrals.referral_block import GROUP, PREVIEW, ReferralBlock

MONTH, ALL_TIME = "month", "all"
_MEMBER = "_referral_block_member"
_SHARED = "_referral_block_shared"


class SharePanelBlock(ReferralBlock):
    """A member's link, code and ways to share; for everybody else a call to join."""

    heading = blocks.CharBlock(
        label=_("Heading for visitors"),
        required=False,
        max_length=120,
        help_text=_("Members see their link instead."),
    )

    class Meta:
        icon = "link-external"
        group = GROUP
        label = _("Share panel")
        description = _("Members see their link and the ways to share it, others how to join.")
        template = "wagtail_referrals/blocks/share_panel.html"
        preview_template = PREVIEW
        preview_value = {"heading": ""}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add ``sharing`` for a member; what both get and ``portal_url`` for others.

        A page has the member's panel once, because its parts are found by their ids.
        """
        context = super().get_context(value, parent_context)
        # The page around it may have a panel itself, and its context is here as well.
        context["sharing"] = None
        offer: LiveOffer | None = context["offer"]
        request: HttpRequest | None = context.get("request")
        if offer is None:
            return context
        member = member_of(request)
        if member is not None and request is not None:
            context["is_repeated"] = getattr(request, _SHARED, False)
            if not context["is_repeated"]:
                context["sharing"] = share_panel(request, member, offer)
        context["portal_url"] = portal_address()
        context["friend"] = offer.sentence(Incentive.Side.FRIEND, reader=Incentive.Side.ADVOCATE)
        context["advocate"] = offer.sentence(Incentive.Side.ADVOCATE)
        return context


class LeaderboardBlock(ReferralBlock):
    """Who brought the most friends: those who want to be seen, under the names they chose (S22).

    Only members see it, because that is what those on it were told when they chose a name.
    """

    period = blocks.ChoiceBlock(
        label=_("Period"),
        choices=[(MONTH, _("This month")), (ALL_TIME, _("All time"))],
        default=MONTH,
    )

    class Meta:
        icon = "list-ol"
        group = GROUP
        label = _("Leaderboard")
        label_format = _("Leaderboard: {period}")
        description = _(
            "Members who brought the most friends and want that to be seen. Only members see it."
        )
        template = "wagtail_referrals/blocks/leaderboard.html"
        preview_template = PREVIEW
        preview_value = {"period": MONTH}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the ``places``, for members, and the reader's own membership as ``member``."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        if offer is None or not conf.get().LEADERBOARD:
            return context
        context["member"] = member = member_of(context.get("request"))
        if member is not None:
            since = month_start() if value["period"] == MONTH else None
            context["places"] = leaders(offer.program.pk, since)
        return context


def member_of(request: HttpRequest | None) -> Advocate | None:
    """The reader's part in the live program, asked once per request; None at no cost for visitors.

    Whatever is said to a member is for that reader only, so the page is kept from shared caches.
    """
    if request is None or getattr(request, "user", None) is None or not is_member(request):
        return None
    say_personal(request)
    if not hasattr(request, _MEMBER):
        found = current_membership(request)
        setattr(request, _MEMBER, found if found is not None and found.is_member else None)
    member: Advocate | None = getattr(request, _MEMBER)
    return member


def share_panel(request: HttpRequest, member: Advocate, offer: LiveOffer) -> Sharing | None:
    """The panel of a member's page, which no block then shows again; None without a code."""
    setattr(request, _SHARED, True)
    code = active_code(member)
    if code is None:
        return None
    return sharing_of(code=code, version=offer.version, request=request)
