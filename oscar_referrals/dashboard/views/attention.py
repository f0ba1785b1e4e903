"""What needs a person: decisions about credits, settlements and mails that failed, each with a
button that tries again; and whatever else of the periodic work failed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.notices import credits_for_staff
from oscar_referrals.dashboard.pages import key_page
from oscar_referrals.insight.attention import failed_jobs, failing_messages
from oscar_referrals.messages.recipients import ABOUT
from oscar_referrals.rewards.failures import advice, failing
from oscar_referrals.rewards.triggers import try_settle

#: Messages that are shown beside the referrals; the list of messages has the others.
MESSAGES = 25


class AttentionView(TemplateView):
    """Credits that wait for a decision, referrals whose rewards could not be brought up to date,
    mails that could not be sent, and the rows at which the last periodic work failed."""

    template_name = "oscar_referrals/dashboard/attention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of referrals with the words for their errors, and the first mails."""
        rows = failing().select_related("advocate__user", "program")
        page = key_page(rows, self.request.GET)
        mails: list[Any] = []
        if self.request.user.has_perm("oscar_referrals.view_outboxmessage"):
            mails = list(failing_messages().select_related(*ABOUT)[:MESSAGES])
        return super().get_context_data(
            page=page,
            failures=[(referral, advice(referral)) for referral in page.rows],
            mails=mails,
            notices=credits_for_staff(self.request.user),
            jobs=[(job, job.error.splitlines()) for job in failed_jobs()],
            **kwargs,
        )


class SettleAgainView(View):
    """Settle one referral now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try, say how it went, and go back to the list."""
        referral = get_object_or_404(Referral, pk=pk)
        if try_settle(referral.pk, actor=request.user):
            messages.success(request, _("It worked: the rewards are up to date."))
        else:
            referral.refresh_from_db()
            messages.error(request, _("It failed again. %(advice)s") % {"advice": advice(referral)})
        return redirect("oscar_referrals_dashboard:referrals-attention")
