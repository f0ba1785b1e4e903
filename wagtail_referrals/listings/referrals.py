"""Referrals: who brought whom, and why the credit is as it is."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn

from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.filters.referrals import ReferralFilter
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    moment,
    money_in,
    person,
    reason_text,
    reward_name,
    reward_value,
)
from oscar_referrals.insight.people import search_referrals
from oscar_referrals.money import to_major
from wagtail_referrals.listings.base import (
    MINOR,
    ReadOnlyIndexView,
    ReadOnlyInspectView,
    ReadOnlyViewSet,
)

DASHBOARD_PAGE = "referrals-referral-detail"
#: Each part in its own direction: amounts change places beside words that go against them.
REWARD_LINE = "<li><bdi>{}</bdi> (<bdi>{}</bdi>): <bdi>{}</bdi> – <bdi>{}</bdi></li>"
DECISION_LINE = "<li><bdi>{}</bdi>: <bdi>{}</bdi> – <bdi>{}</bdi></li>"


def order_of(referral: Referral) -> str:
    """The order's number, or what there was instead of an order."""
    if referral.order_number:
        return f"#{referral.order_number}"
    return reason_text(referral.reason) or gettext("Registered")


def advocate_of(referral: Referral) -> str:
    """The account of whoever brought the friend."""
    return person(referral.advocate.user)


def friend_of(referral: Referral) -> str:
    """The friend's account, or that there is none."""
    return person(referral.friend) if referral.friend_id else gettext("Guest")


class ReferralFilterSet(ReferralFilter):
    """The dashboard's filters, beside Wagtail's own field for the search."""

    q = None


class ReferralIndexView(ReadOnlyIndexView):
    """The referrals, the newest first."""

    dashboard_page = DASHBOARD_PAGE
    title = (_("Order"), order_of)
    loads = ("program", "code", "advocate__user", "friend")
    export_columns = (
        (_("Order"), lambda referral: referral.order_number),
        (_("Ordered"), lambda referral: timezone.localtime(referral.created_at)),
        (_("Program"), lambda referral: referral.program.name),
        (_("Code"), lambda referral: referral.code.code),
        (_("Brought by"), advocate_of),
        (_("Friend"), friend_of),
        (_("Currency"), lambda referral: referral.currency),
        (_("Order total"), lambda referral: to_major(referral.order_total, referral.currency)),
        (_("Friend saved"), lambda referral: to_major(referral.saved, referral.currency)),
        (_("Status"), lambda referral: referral.get_state_display()),
        (_("Reason"), lambda referral: reason_text(referral.reason)),
    )

    def find(self, rows: QuerySet[Referral], text: str) -> QuerySet[Referral]:
        """By order number, code or e-mail, as in the dashboard."""
        return search_referrals(rows, text)


class ReferralInspectView(ReadOnlyInspectView):
    """One referral with its rewards, and why it was decided so."""

    dashboard_page = DASHBOARD_PAGE
    labels = {
        "order_number": _("Order"),
        "code": _("Code"),
        "advocate": _("Brought by"),
        "friend": _("Friend"),
        "program": _("Program"),
        "version": _("Version"),
        "saved": _("Friend saved"),
        "rewards": _("Rewards"),
        "decisions": _("Decisions"),
    }

    def get_order_number_display_value(self) -> str:
        """See `order_of`."""
        return order_of(self.object)

    def get_advocate_display_value(self) -> str:
        """See `advocate_of`."""
        return advocate_of(self.object)

    def get_friend_display_value(self) -> str:
        """See `friend_of`."""
        return friend_of(self.object)

    def get_order_total_display_value(self) -> str:
        """In the order's currency."""
        return money_in(self.object.order_total, self.object.currency)

    def get_saved_display_value(self) -> str:
        """On goods and delivery."""
        return money_in(self.object.saved, self.object.currency)

    def get_reason_display_value(self) -> str:
        """In words."""
        return reason_text(self.object.reason) or "-"

    def get_created_at_display_value(self) -> str:
        """Day and time."""
        return moment(self.object.created_at)

    def get_rewards_display_value(self) -> SafeString | str:
        """What each side gets, and what became of it."""
        rewards = self.object.rewards.select_related("incentive", "referral").order_by("pk")
        lines = [
            (
                reward.get_side_display(),
                reward_name(reward),
                reward_value(reward),
                reward.get_state_display(),
            )
            for reward in rewards
        ]
        if not lines:
            return "-"
        items = format_html_join("", REWARD_LINE, lines)
        return format_html("<ul>{}</ul>", items)

    def get_decisions_display_value(self) -> SafeString | str:
        """When what was decided, and why."""
        lines = [
            (
                moment(decision.decided_at),
                decision.get_verdict_display(),
                reason_text(decision.reason),
            )
            for decision in self.object.decisions.order_by("pk")
        ]
        return format_html("<ul>{}</ul>", format_html_join("", DECISION_LINE, lines))


class ReferralViewSet(ReadOnlyViewSet):
    """Referrals, read-only: what is decided about them is decided in the shop's dashboard."""

    model = Referral
    icon = "user"
    menu_label = _("Referrals")
    index_view_class = ReferralIndexView
    inspect_view_class = ReferralInspectView
    inspect_view_fields = [
        "order_number",
        "created_at",
        "program",
        "version",
        "code",
        "advocate",
        "friend",
        "order_total",
        "saved",
        "state",
        "reason",
        "rewards",
        "decisions",
    ]
    filterset_class: Any = ReferralFilterSet
    list_display: list[Any] = [
        Column(
            "created_at",
            classname=MINOR,
            label=_("Ordered"),
            accessor=lambda row: moment(row.created_at),
        ),
        Column("advocate", label=_("Brought by"), accessor=advocate_of),
        Column("code", classname=MINOR, label=_("Code"), accessor="code.pretty"),
        Column("friend", classname=MINOR, label=_("Friend"), accessor=friend_of),
        Column(
            "order_total",
            classname=MINOR,
            label=_("Order total"),
            accessor=lambda row: money_in(row.order_total, row.currency),
        ),
        StatusTagColumn(
            "state",
            label=_("Status"),
            accessor="get_state_display",
            primary=lambda row: row.state == Referral.State.BOUND,
        ),
    ]
    ordering = ["-id"]
    export_filename = "referrals"
