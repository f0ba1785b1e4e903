"""The page "E-mails about referrals" of the customer's account: one switch per kind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from oscar.core.loading import get_class

from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.messages import preferences
from oscar_referrals.messages.kinds import KINDS, Purpose
from oscar_referrals.messages.models import MessagePreference
from oscar_referrals.messages.recipients import Recipient

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")
#: In the order in which the page shows them.
SWITCHED = (Purpose.SERVICE, Purpose.RELATIONSHIP)


@method_decorator(never_cache, name="dispatch")
class MailsView(SignedIn, PageTitleMixin, TemplateView):
    """What one gets, what one wants, and why some can't be switched off."""

    template_name = "oscar_referrals/mails.html"
    page_title = gettext_lazy("E-mails about referrals")
    active_tab = "referrals"
    http_method_names = ["get", "head", "post"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = Recipient(user=self.request.user)
        consent = preferences.has_consented(person)
        stated = preferences.stated_by(person)
        groups = [
            (
                purpose,
                [
                    (kind, preferences.wants(kind, stated, consent))
                    for kind in KINDS.values()
                    if kind.purpose is purpose
                ],
            )
            for purpose in SWITCHED
        ]
        return super().get_context_data(
            groups=groups,
            always=[kind for kind in KINDS.values() if not kind.can_be_switched_off],
            lacks_consent=consent is False,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what is switched otherwise than it was."""
        person = Recipient(user=request.user)
        consent = preferences.has_consented(person)
        stated = preferences.stated_by(person)
        chosen = set(request.POST.getlist("wanted"))
        changed = {}
        for kind in KINDS.values():
            if not kind.can_be_switched_off or (kind.needs_consent and consent is False):
                continue
            wish = kind.event in chosen
            if wish != preferences.wants(kind, stated, consent):
                changed[kind.event] = wish
        preferences.state(recipient=person, wanted=changed, method=MessagePreference.Method.ACCOUNT)
        messages.success(request, _("Saved. It counts from now on, also for what waits already."))
        return redirect("referrals:mails")
