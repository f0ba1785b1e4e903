"""The page that a shared link opens: who invites, what both get, and one button to claim it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.generic import TemplateView

from oscar_referrals.account.addresses import safe_next
from oscar_referrals.account.destinations import after_claim, invitation_elsewhere, title_of
from oscar_referrals.account.facts import facts_of
from oscar_referrals.account.invitation import Invitation, invitation_for
from oscar_referrals.account.preview_card import preview_card
from oscar_referrals.account.visits import is_robot, is_visit
from oscar_referrals.attribution.claims import ClaimRefused, claim_offer, usable_until
from oscar_referrals.attribution.models import Claim
from oscar_referrals.attribution.naming import show_name
from oscar_referrals.checkout import tries, used_up
from oscar_referrals.checkout.attach import for_person
from oscar_referrals.checkout.invitations import remember_link
from oscar_referrals.checkout.person import shopper
from oscar_referrals.checkout.waiting import take_claim
from oscar_referrals.money import format_deadline
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.opened import link_opened
from oscar_referrals.sharing.sources import REFERRER_KEPT, Source, source_of
from oscar_referrals.sharing.visitors import remember_visitor, visitor_of


@method_decorator([never_cache, xframe_options_deny], name="dispatch")
class LandingView(TemplateView):
    """Every link leads to a page with a next step: also the blocked, ended and mistyped ones.

    GET leaves a touch. Where the shop's consent says so, it is remembered until there are goods in
    the basket, or claims at once if the program says that, too. Whoever has claimed goes straight
    on to the page that the link names.
    """

    template_name = "oscar_referrals/landing.html"
    template_for_robots = "oscar_referrals/link_card.html"
    #: The shop may have a page of its own for this; see `INVITATIONS`.
    may_stand_elsewhere = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if elsewhere := self._elsewhere():
            response: HttpResponseBase = redirect(elsewhere)
            # The visit is counted there.
            response["Referrer-Policy"] = REFERRER_KEPT
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response
        response = super().dispatch(request, *args, **kwargs)
        # The address names a person's code: other sites and search engines needn't learn it.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = self._invitation()
        if invitation is not None and invitation.is_counted and is_visit(request):
            invitation = self._arrive(invitation)
        if invitation is not None and invitation.claim is not None and safe_next(request):
            return redirect(safe_next(request))
        return self._page(invitation)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = self._invitation()
        source = source_of(request, consent=Touch.Consent.ASKED_FOR)
        if invitation is not None and self._take(invitation, source, Claim.Method.LINK):
            return redirect(safe_next(request) or self._way_on())
        return self._page(invitation and self._invitation())

    def _elsewhere(self) -> str:
        """With all tags of the link; empty for forms that were sent, and for what draws cards."""
        request = self.request
        if not self.may_stand_elsewhere or request.method not in ("GET", "HEAD"):
            return ""
        if is_robot(request):
            return ""
        path = invitation_elsewhere(request, self.kwargs["code"])
        query = request.META.get("QUERY_STRING", "")
        return f"{path}?{query}" if path and query else path

    def _arrive(self, invitation: Invitation) -> Invitation | None:
        """Write the visit down, and remember whoever has agreed to that."""
        request = self.request
        source = source_of(request)
        agreed = source.consent == Touch.Consent.GIVEN and invitation.is_open
        link_opened(
            request,
            code=invitation.code,
            version=invitation.version,
            visitor=remember_visitor(request) if agreed else visitor_of(request),
            source=source,
        )
        if not agreed:
            return invitation
        if not invitation.version.claim_on_visit:
            remember_link(request)
            return invitation
        self._take(invitation, source, Claim.Method.VISIT)
        return self._invitation()

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
        return resolve_url("basket:summary") if has_goods else after_claim(request)

    def _page(self, invitation: Invitation | None) -> HttpResponse:
        wanted = safe_next(self.request)
        words = _words(invitation) if invitation is not None else {}
        context = self.get_context_data(
            invitation=invitation,
            is_throttled=self.is_throttled,
            shop_name=settings.OSCAR_SHOP_NAME,
            shop_url=resolve_url(settings.OSCAR_HOMEPAGE),
            # Asked for only where the page shows it.
            way_on=wanted or SimpleLazyObject(self._way_on),
            next=wanted,
            next_title=title_of(self.request, wanted),
            card=preview_card(
                self.request,
                host=invitation.host if invitation is not None else "",
                # What can't be had now is not promised on a card either.
                text=words.get("refusal_text") or capfirst(words.get("friend_gets", "")),
            ),
            **words,
        )
        return self.render_to_response(context)

    def get_template_names(self) -> list[str]:
        """Programs that draw cards or index get the card only."""
        return [self.template_for_robots if is_robot(self.request) else self.template_name]


def _words(invitation: Invitation) -> dict[str, Any]:
    refusal = invitation.refusal
    text = reasons.shopper_text(refusal.reason, **refusal.params) if refusal else ""
    return facts_of(invitation.version, reader=Incentive.Side.FRIEND) | {
        "refusal_text": text,
        "usable_until": _usable_until(invitation),
    }


def _usable_until(invitation: Invitation) -> str:
    if invitation.claim is None:
        return ""
    return format_deadline(usable_until(invitation.claim, invitation.code.program))
