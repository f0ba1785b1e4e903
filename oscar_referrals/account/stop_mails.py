"""Stopping e-mails from a link in one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from oscar_referrals.account.token_page import TokenPage
from oscar_referrals.messages import preferences, unsubscribe
from oscar_referrals.messages.models import MessagePreference
from oscar_referrals.messages.recipients import Recipient

#: What mail programs send when somebody presses their button (RFC 8058).
ONE_CLICK = "List-Unsubscribe"


class StopMailsView(TokenPage):
    """Asks on GET, since programs that scan mails open links; stops on POST."""

    template_name = "oscar_referrals/stop_mails.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What would be stopped, and the button."""
        wish = unsubscribe.read(token)
        if wish is None:
            return self.unknown(request)
        return self._page(request, wish, token=token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Stop it; as often as one likes."""
        wish = unsubscribe.read(token)
        is_program = request.POST.get(ONE_CLICK) == "One-Click"
        if wish is None:
            return self.unknown(request)
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
        return self._page(request, wish, token=token, stopped=kinds)

    def _page(self, request: HttpRequest, wish: unsubscribe.Wish, **context: Any) -> HttpResponse:
        return self.page(request, kind=wish.kind, choice_url=_choice_url(wish.recipient), **context)


def _choice_url(recipient: Recipient | None) -> str:
    """Where the person chooses among all kinds: a guest by link, an account by signing in."""
    if recipient is None or recipient.user is not None:
        return reverse("referrals:mails")
    return reverse("referrals:guest-mails", args=[unsubscribe.token_to_choose(recipient)])
