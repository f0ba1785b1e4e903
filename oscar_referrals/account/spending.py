"""The "Use my reward" button."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import View

from oscar_referrals.account.addresses import safe_next
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.checkout.rewards_in_basket import use_reward
from oscar_referrals.rewards.models import Reward


class UseRewardView(SignedIn, View):
    """Puts a reward into the basket of its owner; somebody else's is as good as none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reward = get_object_or_404(
            Reward.objects.select_related("program", "incentive", "voucher"),
            pk=kwargs["pk"],
            owner_id=request.user.pk,
        )
        use_reward(request, reward)
        return redirect(safe_next(request) or reverse("basket:summary"))
