"""The list of rewards, and freeing one from a payment that was not finished."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, View

from oscar_referrals.attribution.models import Decision
from oscar_referrals.dashboard.filters.referrals import RewardFilter
from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.dashboard.reward_choice import choice_of
from oscar_referrals.dashboard.reward_figures import figures_of
from oscar_referrals.dashboard.tables.referrals import RewardTable
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.rewards.abandoned import free
from oscar_referrals.rewards.models import Posting, Reward


class RewardListView(FilteredListView):
    """What friends and advocates got, and what became of it."""

    template_name = "oscar_referrals/dashboard/reward_list.html"
    title = gettext_lazy("Rewards")
    filter_class = RewardFilter
    table_class = RewardTable

    def get_rows(self) -> QuerySet[Reward]:
        """Rewards with their referral, the person and the percentage."""
        return Reward.objects.select_related("referral__friend", "advocate__user", "incentive")


class RewardDetailView(DetailView):
    """One reward: its figures, each with the entries behind it, and why it stands so."""

    template_name = "oscar_referrals/dashboard/reward_detail.html"
    context_object_name = "reward"
    queryset = Reward.objects.select_related(
        "program", "referral__version", "advocate__user", "owner", "incentive"
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Figures, the choice behind it, entries, uses of credit, set-offs and decisions."""
        reward = self.object
        about = Decision.objects.filter(referral=reward.referral_id, subject=reward.key)
        decisions = list(about.select_related("actor").order_by("pk"))
        legs = Posting.objects.select_related("account__program").order_by("pk")
        return super().get_context_data(
            figures=figures_of(reward),
            entries=reward.entries.prefetch_related(Prefetch("postings", legs)).order_by("pk"),
            uses=reward.uses.order_by("pk"),
            paid_debts=reward.paid_debts.select_related("debt__referral").order_by("pk"),
            set_offs=reward.set_offs.select_related("by__referral").order_by("pk"),
            settlements=reward.settlements.order_by("pk"),
            decisions=decisions,
            choice=choice_of(reward, decisions),
            **kwargs,
        )


class RewardFreeView(View):
    """Take a reward out of a basket that is being paid, for a reason that is kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Free it and go back to the story, which tells of it."""
        reward = get_object_or_404(Reward, pk=pk)
        form = ReasonForm(request.POST, needed=True, prefix=free_prefix(reward))
        if not form.is_valid():
            messages.error(request, _("Write down why you free this reward; nothing was changed."))
        elif free(reward_id=pk, actor=request.user, note=form.cleaned_data["reason"]):
            messages.success(request, _("The reward is free: its owner can use it again."))
        else:
            messages.info(
                request,
                _("This reward is in no basket that is being paid any more; nothing was changed."),
            )
        return redirect(
            "oscar_referrals_dashboard:referrals-referral-detail", pk=reward.referral_id
        )


def free_prefix(reward: Reward) -> str:
    """Keeps the fields of several rewards on one page apart."""
    return f"free-{reward.pk}"
