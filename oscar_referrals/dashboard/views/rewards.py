"""The list of rewards."""

from __future__ import annotations

from django.db.models import QuerySet

from oscar_referrals.dashboard.filters import RewardFilter
from oscar_referrals.dashboard.tables import RewardTable
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.rewards.models import Reward


class RewardListView(FilteredListView):
    """What friends and advocates got, and what became of it."""

    template_name = "oscar_referrals/dashboard/reward_list.html"
    filter_class = RewardFilter
    table_class = RewardTable

    def get_rows(self) -> QuerySet[Reward]:
        """Rewards with their referral, the person and the percentage."""
        return Reward.objects.select_related("referral__friend", "advocate__user", "incentive")
