"""Rewards: what people earned, and what became of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn

from oscar_referrals.dashboard.filters.referrals import RewardFilter
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    NOTHING,
    moment,
    person,
    reason_text,
    reward_name,
    reward_value,
)
from oscar_referrals.insight.people import search_rewards
from oscar_referrals.money import in_units
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.models import Reward
from wagtail_referrals.listings.base import (
    MINOR,
    ReadOnlyIndexView,
    ReadOnlyInspectView,
    ReadOnlyViewSet,
)

DASHBOARD_PAGE = "referrals-reward-detail"


def owner_of(reward: Reward) -> str:
    """The account of whoever gets it; a friend may be a guest."""
    if reward.advocate is not None:
        return person(reward.advocate.user)
    friend = reward.referral.friend
    return person(friend) if friend is not None else gettext("Guest")


class RewardFilterSet(RewardFilter):
    """The dashboard's filters, beside Wagtail's own field for the search."""

    q = None


class RewardIndexView(ReadOnlyIndexView):
    """The rewards, the newest first."""

    dashboard_page = DASHBOARD_PAGE
    title = (_("Reward"), reward_name)
    loads = ("program", "incentive", "advocate__user", "referral__friend")
    export_columns = (
        (_("Reward"), reward_name),
        (_("Earned"), lambda reward: timezone.localtime(reward.created_at)),
        (_("Program"), lambda reward: reward.program.name),
        (_("Who gets it"), lambda reward: reward.get_side_display()),
        (_("Customer"), owner_of),
        (_("Kind"), lambda reward: str(kind_of(reward.kind).label)),
        (_("Worth"), reward_value),
        (_("Amount"), lambda reward: in_units(reward.net, reward.unit)),
        (_("Counted in"), lambda reward: reward.unit),
        (_("Status"), lambda reward: reward.get_state_display()),
        (_("Reason"), lambda reward: reason_text(reward.reason)),
        (_("Voucher"), lambda reward: reward.voucher_code),
        (_("Spent with"), lambda reward: reward.spent_order_number),
    )

    def find(self, rows: QuerySet[Reward], text: str) -> QuerySet[Reward]:
        """By voucher code, order number or e-mail, as in the dashboard."""
        return search_rewards(rows, text)


class RewardInspectView(ReadOnlyInspectView):
    """One reward."""

    dashboard_page = DASHBOARD_PAGE
    labels = {
        "name": _("Reward"),
        "owner": _("Customer"),
        "worth": _("Worth"),
        "kind": _("Kind"),
        "program": _("Program"),
    }

    def get_page_subtitle(self) -> str:
        """As staff call it: its own key says nothing to people."""
        return reward_name(self.object)

    def get_voucher_code_display_value(self) -> str:
        """A dash for what has none."""
        return self.object.voucher_code or NOTHING

    def get_spent_order_number_display_value(self) -> str:
        """A dash for what isn't spent, or was spent in parts."""
        return self.object.spent_order_number or NOTHING

    def get_name_display_value(self) -> str:
        """As staff call it."""
        return reward_name(self.object)

    def get_owner_display_value(self) -> str:
        """See `owner_of`."""
        return owner_of(self.object)

    def get_worth_display_value(self) -> str:
        """The amount or the percentage."""
        return reward_value(self.object)

    def get_kind_display_value(self) -> str:
        """What it is, in words."""
        return str(kind_of(self.object.kind).label)

    def get_reason_display_value(self) -> str:
        """In words."""
        return reason_text(self.object.reason) or "-"

    def get_created_at_display_value(self) -> str:
        """Day and time."""
        return moment(self.object.created_at)

    def get_hold_until_display_value(self) -> str:
        """Day and time."""
        return moment(self.object.hold_until)

    def get_expires_at_display_value(self) -> str:
        """Day and time."""
        return moment(self.object.expires_at)

    def get_spent_at_display_value(self) -> str:
        """Day and time."""
        return moment(self.object.spent_at)


class RewardViewSet(ReadOnlyViewSet):
    """Rewards, read-only: the books have one writer."""

    model = Reward
    icon = "tag"
    menu_label = _("Rewards")
    index_view_class = RewardIndexView
    inspect_view_class = RewardInspectView
    inspect_view_fields = [
        "name",
        "program",
        "side",
        "owner",
        "kind",
        "worth",
        "state",
        "reason",
        "created_at",
        "hold_until",
        "expires_at",
        "voucher_code",
        "spent_order_number",
        "spent_at",
    ]
    filterset_class: Any = RewardFilterSet
    list_display: list[Any] = [
        Column("side", classname=MINOR, label=_("Who gets it"), accessor="get_side_display"),
        Column("owner", classname=MINOR, label=_("Customer"), accessor=owner_of),
        Column("worth", label=_("Worth"), accessor=reward_value),
        StatusTagColumn(
            "state",
            label=_("Status"),
            accessor="get_state_display",
            primary=lambda row: row.state in (Reward.State.AVAILABLE, Reward.State.REDEEMED),
        ),
        Column(
            "reason",
            classname=MINOR,
            label=_("Reason"),
            accessor=lambda row: reason_text(row.reason),
        ),
        Column(
            "created_at",
            classname=MINOR,
            label=_("Earned"),
            accessor=lambda row: moment(row.created_at),
        ),
    ]
    ordering = ["-id"]
    export_filename = "referral-rewards"
