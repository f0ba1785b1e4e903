"""Asking once more whether a limited reward fits its limits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.rewards.caps import limit_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.try_again import try_again


class RewardAgainView(View):
    """For a reason that is kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try, say what came of it, and go back to the referral."""
        reward = get_object_or_404(Reward, pk=pk)
        form = again_form(reward, request)
        if not form.is_valid():
            messages.error(request, _("Write down why you try it again; nothing was changed."))
        elif not limit_of(reward.reason, reward.reduced_reason):
            messages.info(request, _("This reward is not limited any more; nothing was changed."))
        else:
            note = form.cleaned_data["reason"]
            reward = try_again(reward_id=pk, actor=request.user, note=note)
            if limit_of(reward.reason, reward.reduced_reason):
                messages.warning(
                    request, _("There is still no room for this reward; it stays limited.")
                )
            else:
                messages.success(request, _("The reward fits its limits now and is given."))
        return redirect(
            "oscar_referrals_dashboard:referrals-referral-detail", pk=reward.referral_id
        )


def again_form(reward: Reward, request: HttpRequest | None = None) -> ReasonForm:
    """Its fields are kept apart from those of other rewards on the page."""
    data = request.POST if request is not None else None
    return ReasonForm(data, needed=True, prefix=f"again-{reward.pk}")
