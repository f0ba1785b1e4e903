"""What every block about the program begins with: the live offer, resolved once per request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from oscar_referrals.checkout import used_up
from oscar_referrals.programs.live import live_offer

GROUP = _("Referrals")
PREVIEW = "wagtail_referrals/blocks/preview.html"
#: Set in the context of the block chooser's preview, where there may be no live program.
SAMPLE = "referral_sample"


class ReferralBlock(blocks.StructBlock):
    """What all referral blocks have in common: the live offer, or None, as ``offer``."""

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the live ``offer``, whether an editor is looking (``is_editing``), and whether to say
        in the offer's place what visitors will see (``show_hint``)."""
        context = super().get_context(value, parent_context)
        request: HttpRequest | None = context.get("request")
        offer = live_offer(request)
        context["is_used_up"] = offer is not None and used_up.for_pages(offer.version)
        if context["is_used_up"]:
            offer = None
        context["offer"] = offer
        context["is_editing"] = SAMPLE in context or getattr(request, "is_preview", False)
        context["show_hint"] = offer is None and context["is_editing"]
        return context

    def get_preview_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Tell the block that it is only being looked at."""
        return super().get_preview_context(value, parent_context) | {SAMPLE: True}
