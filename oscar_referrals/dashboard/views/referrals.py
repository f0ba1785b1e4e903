"""Referrals: the list, and one with its whole story."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from oscar_referrals.attribution.explain import explain_referral
from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.filters.referrals import ReferralFilter
from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.dashboard.tables.referrals import ReferralTable
from oscar_referrals.dashboard.views.again import again_form
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.dashboard.views.rewards import free_prefix
from oscar_referrals.messages.recipients import ABOUT
from oscar_referrals.rewards.abandoned import in_payment
from oscar_referrals.rewards.caps import limit_of
from oscar_referrals.rewards.given import is_given
from oscar_referrals.rewards.models import LedgerEntry, Posting


class ReferralListView(FilteredListView):
    """Orders placed with a code, found by number, code, address, state, reason or day."""

    template_name = "oscar_referrals/dashboard/referral_list.html"
    title = gettext_lazy("Referrals")
    filter_class = ReferralFilter
    table_class = ReferralTable

    def get_rows(self) -> QuerySet[Referral]:
        """Referrals with the people and the code."""
        return Referral.objects.select_related("advocate__user", "friend", "code")


class ReferralDetailView(DetailView):
    """Everything that is known of one order placed with a code."""

    template_name = "oscar_referrals/dashboard/referral_detail.html"
    context_object_name = "referral"
    queryset = Referral.objects.select_related(
        "program",
        "version",
        "code",
        "advocate__user",
        "friend",
        "claim",
        "order",
        "replaced_by",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The story, the rewards with their books, the decisions and the mails."""
        referral = self.object
        legs = Posting.objects.select_related("account__program").order_by("pk")
        rewards = referral.rewards.select_related("advocate__user", "owner", "incentive")
        rewards = list(rewards.annotate(is_in_payment=in_payment()).order_by("side", "pk"))
        return super().get_context_data(
            story=explain_referral(referral),
            is_gift=is_given(referral),
            rewards=rewards,
            in_payment=[
                (reward, ReasonForm(needed=True, prefix=free_prefix(reward)))
                for reward in rewards
                if reward.is_in_payment
            ],
            limited=[
                (reward, why, again_form(reward))
                for reward in rewards
                if (why := limit_of(reward.reason, reward.reduced_reason))
            ],
            entries=LedgerEntry.objects.filter(reward__referral=referral)
            .select_related("reward")
            .prefetch_related(Prefetch("postings", legs))
            .order_by("pk"),
            decisions=referral.decisions.select_related("actor"),
            mails=referral.messages.select_related(*ABOUT).order_by("pk"),
            **kwargs,
        )
