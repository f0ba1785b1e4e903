"""The page on which an account proves its e-mail address, by the link in a guest's mail about a
reward that waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from oscar_referrals.account.token_page import LinkPage
from oscar_referrals.identity import email_key
from oscar_referrals.members.proofs import key_in, prove
from oscar_referrals.rewards.target import GIVE_UP_LOOKING
from oscar_referrals.rewards.triggers import settle_guest


class ConfirmAddressView(LinkPage):
    """The link shows who reads the mailbox, the account whose address it should be: only both
    together prove anything. Whose address the mail went to is said to nobody.
    """

    template_name = "oscar_referrals/confirm_address.html"
    unknown_template = "oscar_referrals/confirm_address_unknown.html"
    # Without any referrer browsers send no origin either, and the CSRF check refuses the button.
    referrer_policy = "same-origin"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Sign in, another account, or the button."""
        key = key_in(token, within=GIVE_UP_LOOKING)
        return self._page(request, key) if key else self.unknown(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Note the proof and hand out what waited for it; as often as one likes."""
        key = key_in(token, within=GIVE_UP_LOOKING)
        if not key:
            return self.unknown(request)
        user: Any = request.user
        if not user.is_authenticated:
            return self._page(request, key)
        with transaction.atomic():
            if not prove(user, key):
                return self._page(request, key)
            settle_guest(user)
        messages.success(
            request,
            _("Thank you, your address is confirmed. What waited for it is here once it is due."),
        )
        return redirect("referrals:portal")

    def _page(self, request: HttpRequest, key: str) -> HttpResponse:
        user: Any = request.user
        known = user.is_authenticated
        back = request.path
        return self.page(
            request,
            account=user.email if known else "",
            must_sign_in=not known,
            is_own=known and email_key(user.email) == key,
            login_url=redirect_to_login(back, reverse("customer:login")).url,
            register_url=redirect_to_login(back, reverse("customer:register")).url,
        )
