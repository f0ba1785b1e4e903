"""The advocate's link as a card to print: for the counter, the club, the neighbours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.share import printed_link
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.programs.live import live_offer
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.summary import facts_for_friend
from oscar_referrals.sharing.channels import has_channel
from oscar_referrals.sharing.codes import active_code
from oscar_referrals.sharing.links import share_url
from oscar_referrals.sharing.qr import qr_svg
from oscar_referrals.sharing.texts import disclosure

CARD = "card"
#: Name of the size in the address, and how many of them are printed on a page of A4.
SIZES = {"a6": 1, "small": 8}


@method_decorator(never_cache, name="dispatch")
class CardView(SignedIn, TemplateView):
    """One page without the shop's frame; 404 for whoever has nothing to share now."""

    template_name = "oscar_referrals/card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands on the card, as the live version says it."""
        advocate, offer = current_membership(self.request), live_offer(self.request)
        code = active_code(advocate) if advocate is not None and advocate.is_member else None
        if code is None or offer is None or not has_channel(offer.program, CARD):
            raise Http404
        size = self.request.GET.get("size", "")
        size = size if size in SIZES else next(iter(SIZES))
        link = printed_link(code, offer.version, self.request, channel=CARD)
        return super().get_context_data(
            shop_name=settings.OSCAR_SHOP_NAME,
            code=code,
            # Drawn by us from an address of ours: no text of anybody's is in it.
            qr=mark_safe(qr_svg(link)),
            offer=capfirst(offer_sentence(offer.version, Incentive.Side.FRIEND)),
            # The amount stands on the card in large letters already.
            facts=[fact for fact in facts_for_friend(offer.version) if fact.key != "amount"],
            disclosure=disclosure(),
            plain_link=share_url(code, request=self.request),
            size=size,
            copies=range(SIZES[size]),
            **kwargs,
        )
