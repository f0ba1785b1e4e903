"""Blocks for any page. Whatever they say is read from the live program when the page is shown.

The offer is resolved once per request, so any number of blocks costs a page at most two queries.
Where no program is live, or its budget is used up, they show nothing: a page never invites to what
isn't there.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from oscar_referrals.programs.live import LiveOffer
from oscar_referrals.programs.models import Incentive
from wagtail_referrals.member_blocks import LeaderboardBlock, SharePanelBlock
from wagtail_referrals.offer_blocks import EndDateBlock, StepsBlock, TiersBlock
from wagtail_referrals.referral_block import GROUP, PREVIEW, ReferralBlock
from wagtail_referrals.word_blocks import QuestionsBlock, TestimonialBlock


class RewardSentenceBlock(ReferralBlock):
    """One sentence that says what one side gets, made from the program's rules."""

    side = blocks.ChoiceBlock(
        label=_("What is said"),
        choices=[
            (Incentive.Side.FRIEND.value, _("What the friend gets")),
            (Incentive.Side.ADVOCATE.value, _("What the person who recommends gets")),
        ],
        default=Incentive.Side.FRIEND.value,
    )

    class Meta:
        icon = "tag"
        group = GROUP
        label = _("Reward sentence")
        label_format = _("Reward sentence: {side}")
        description = _("Says what one side gets. The figures always follow the live program.")
        template = "wagtail_referrals/blocks/reward_sentence.html"
        preview_template = PREVIEW
        preview_value = {"side": Incentive.Side.FRIEND.value}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the ``sentence``; empty where no program is live."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        context["sentence"] = offer.sentence(value["side"]) if offer else ""
        return context


class ReferralCallToActionBlock(ReferralBlock):
    """Invites customers to refer a friend, with what both get and a button."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2, max_length=400)
    show_offer = blocks.BooleanBlock(label=_("Say what both get"), required=False, default=True)
    button_text = blocks.CharBlock(
        label=_("Text of the button"),
        required=False,
        max_length=60,
        help_text=_("“Refer a friend” if left empty."),
    )

    class Meta:
        icon = "group"
        group = GROUP
        label = _("Refer a friend")
        label_format = _("Refer a friend: {heading}")
        description = _("Invites customers to the page with their code and link.")
        template = "wagtail_referrals/blocks/call_to_action.html"
        preview_template = PREVIEW
        preview_value = {
            "heading": _("Share what you like"),
            "text": _("Tell a friend about us, and you both save."),
            "show_offer": True,
            "button_text": "",
        }

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add what the ``friend`` and the ``advocate`` get, if the editor wants it said."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        if offer and value["show_offer"]:
            context["friend"] = offer.sentence(
                Incentive.Side.FRIEND, reader=Incentive.Side.ADVOCATE
            )
            context["advocate"] = offer.sentence(Incentive.Side.ADVOCATE)
        return context


class ReferralBlocks(blocks.StreamBlock):
    """Adds the referral blocks to a shop's own: ``class PageBlocks(ReferralBlocks): …``."""

    reward_sentence = RewardSentenceBlock()
    referral_call_to_action = ReferralCallToActionBlock()
    referral_tiers = TiersBlock()
    referral_steps = StepsBlock()
    referral_end_date = EndDateBlock()
    referral_share_panel = SharePanelBlock()
    referral_leaderboard = LeaderboardBlock()
    referral_questions = QuestionsBlock()
    referral_testimonial = TestimonialBlock()
