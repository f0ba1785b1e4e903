"""Stopping e-mails from a link in one of them: for anybody who has the link, signed in or not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from oscar_referrals.checkout import tries
from oscar_referrals.messages import preferences, unsubscribe
from oscar_referrals.messages.models import MessagePreference

#: What mail programs send when somebody presses their button (RFC 8058).
ONE_CLICK = "List-Unsubscribe"


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class StopMailsView(View):
    """Asks on GET, since programs that scan mails open links; stops on POST.

    The token is all the authority there is, and a mail program has no session: so there is no CSRF
    token, and none is needed. A link that was changed gets the same answer whatever is wrong with
    it, and too many of them from one address get none; a good one is never refused.
    """

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What would be stopped, and the button."""
        wish = unsubscribe.read(token)
        if wish is None:
            return self._unknown(request)
        return self._page(request, kind=wish.kind, token=token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Stop it; as often as one likes."""
        wish = unsubscribe.read(token)
        is_program = request.POST.get(ONE_CLICK) == "One-Click"
        if wish is None:
            return self._unknown(request)
        kinds = [wish.kind]
        if "all" in request.POST:
            kinds = preferences.switchable([wish.kind.to])
        if wish.recipient is not None:
            method = MessagePreference.Method
            preferences.state(
                recipient=wish.recipient,
                wanted={kind.event: False for kind in kinds},
                method=method.ONE_CLICK if is_program else method.LINK,
            )
        if is_program:
            return HttpResponse("OK", content_type="text/plain")
        return self._page(request, kind=wish.kind, token=token, stopped=kinds)

    def _unknown(self, request: HttpRequest) -> HttpResponse:
        if tries.exhausted(request, tries.TOKEN):
            return HttpResponse(status=429)
        tries.count_try(request, tries.TOKEN)
        return self._page(request, kind=None)

    def _page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        answer = render(
            request,
            "oscar_referrals/stop_mails.html",
            {**context, "shop_url": resolve_url(settings.OSCAR_HOMEPAGE)},
        )
        # The address is the key to this person's choice: no other site may read it.
        answer["Referrer-Policy"] = "no-referrer"
        return answer
