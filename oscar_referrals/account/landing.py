"""The page that a shared link opens: who invites, what both get, and one button to claim it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.generic import TemplateView

from oscar_referrals.account.addresses import safe_next
from oscar_referrals.account.facts import facts_of
from oscar_referrals.account.invitation import Invitation, invitation_for
from oscar_referrals.account.visits import is_visit
from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.attribution.naming import show_name
from oscar_referrals.checkout import tries, used_up
from oscar_referrals.checkout.attach import for_person
from oscar_referrals.checkout.invitations import remember_link
from oscar_referrals.checkout.person import shopper
from oscar_referrals.checkout.waiting import take_claim
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.sources import Source, source_of
from oscar_referrals.sharing.touches import record
from oscar_referrals.sharing.visitors import remember_visitor, visitor_of

#: The channel of the links that our QR codes hold.
QR = "qr"


@method_decorator([never_cache, xframe_options_deny], name="dispatch")
class LandingView(TemplateView):
    """Every link leads to a page with a next step: also the blocked, ended and mistyped ones.

    GET leaves a touch. Where the shop's consent says so, it is remembered until there are goods in
    the basket, or claims at once if the program says that, too.
    """

    template_name = "oscar_referrals/landing.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        # The address names a person's code: other sites and search engines needn't learn it.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = self._invitation()
        if invitation is not None and not invitation.is_own and is_visit(request):
            source = source_of(request)
            agreed = source.consent == Touch.Consent.GIVEN and invitation.is_open
            visitor = remember_visitor(request) if agreed else visitor_of(request)
            record(
                code=invitation.code,
                method=Touch.Method.QR if source.channel == QR else Touch.Method.LINK,
                version=invitation.version,
                visitor=visitor,
                source=source,
            )
            if agreed and invitation.version.claim_on_visit:
                self._take(invitation, source, Claim.Method.VISIT)
                invitation = self._invitation()
            elif agreed:
                remember_link(request)
        return self._page(invitation)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = self._invitation()
        source = source_of(request, consent=Touch.Consent.ASKED_FOR)
        if invitation is not None and self._take(invitation, source, Claim.Method.LINK):
            return redirect(safe_next(request) or self._way_on())
        return self._page(invitation and self._invitation())

    def _invitation(self) -> Invitation | None:
        self.is_throttled = tries.exhausted(self.request, tries.LINK)
        if self.is_throttled:
            return None
        invitation = invitation_for(self.request, self.kwargs["code"])
        if invitation is None:
            tries.count_try(self.request, tries.LINK)
        return invitation

    def _take(self, invitation: Invitation, source: Source, method: str) -> bool:
        """Claim the offer, with one message; False if it was refused."""
        request: Any = self.request
        person = shopper(request)
        try:
            claim = claim_offer(
                code=invitation.code,
                method=method,
                version=invitation.version,
                user=person.user,
                email=person.email,
                existing=invitation.claim,
                visitor=remember_visitor(self.request),
                source=source,
                is_used_up=used_up.for_basket(request.basket),
            )
        except ClaimRefused as refused:
            refusal = for_person(refused.refusal, person)
            messages.error(self.request, reasons.shopper_text(refusal.reason, **refusal.params))
            return False
        if request.method == "POST":
            show_name(claim=claim, shown="shows_name" in request.POST)
        take_claim(self.request, claim)
        return True

    def _way_on(self) -> str:
        request: Any = self.request
        has_goods = bool(request.basket.id) and not request.basket.is_empty
        return resolve_url("basket:summary" if has_goods else settings.OSCAR_HOMEPAGE)

    def _page(self, invitation: Invitation | None) -> HttpResponse:
        context = self.get_context_data(
            invitation=invitation,
            is_throttled=self.is_throttled,
            shop_name=settings.OSCAR_SHOP_NAME,
            shop_url=resolve_url(settings.OSCAR_HOMEPAGE),
            way_on=self._way_on(),
            next=safe_next(self.request),
        )
        if invitation is not None:
            context.update(_words(invitation))
        return self.render_to_response(context)


def _words(invitation: Invitation) -> dict[str, Any]:
    refusal = invitation.refusal
    text = reasons.shopper_text(refusal.reason, **refusal.params) if refusal else ""
    return facts_of(invitation.version, reader=Incentive.Side.FRIEND) | {"refusal_text": text}
