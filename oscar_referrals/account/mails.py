"""The page "E-mails about referrals" of the customer's account."""

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

from oscar_referrals.account.mail_choice import MailChoice
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import MessagePreference
from oscar_referrals.messages.recipients import Recipient

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")


@method_decorator(never_cache, name="dispatch")
class MailsView(SignedIn, PageTitleMixin, TemplateView):
    """What one gets, what one wants, and why some can't be switched off."""

    template_name = "oscar_referrals/mails.html"
    page_title = gettext_lazy("E-mails about referrals")
    active_tab = "referrals"
    http_method_names = ["get", "head", "post"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(choice=self._choice(), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what is switched otherwise than it was."""
        self._choice().keep(request.POST.getlist("wanted"), MessagePreference.Method.ACCOUNT)
        messages.success(request, _("Saved. It counts from now on, also for what waits already."))
        return redirect("referrals:mails")

    def _choice(self) -> MailChoice:
        return MailChoice(Recipient(user=self.request.user), list(KINDS.values()))
