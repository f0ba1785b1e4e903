"""Lists of referrals and of the rewards they earned."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.tables.plain import PlainTable, StateColumn, with_note
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    moment,
    money_in,
    person,
    reason_text,
    reward_value,
    unit_amount,
)
from oscar_referrals.rewards.models import Reward


def _order_of(referral: Referral) -> str:
    """The order's number, or what there was instead of an order."""
    return f"#{referral.order_number}" if referral.order_number else reason_text(referral.reason)


class ReferralTable(PlainTable):
    """Friends' orders, with who brought them."""

    order_number = Column(verbose_name=_("Order"), empty_values=())
    created_at = Column(verbose_name=_("Ordered"))
    advocate = Column(verbose_name=_("Brought by"))
    friend = Column(verbose_name=_("Friend"), empty_values=())
    order_total = Column(verbose_name=_("Order total"))
    friend_discount = Column(verbose_name=_("Friend saved"))
    state = StateColumn(verbose_name=_("Status"))

    class Meta(PlainTable.Meta):
        model = Referral
        fields = (
            "order_number",
            "created_at",
            "advocate",
            "friend",
            "order_total",
            "friend_discount",
            "state",
        )

    def render_order_number(self, value: str, record: Referral) -> SafeString:
        """A link to the whole story."""
        return self.link(
            "referrals-referral-detail", record.pk, _order_of(record), permission="view_referral"
        )

    def render_created_at(self, value: Any) -> str:
        """In words of the locale."""
        return moment(value)

    def render_advocate(self, record: Referral) -> SafeString:
        """The advocate and the code."""
        return format_html(
            "{}<br><code>{}</code>", person(record.advocate.user), record.code.pretty
        )

    def render_friend(self, record: Referral) -> str:
        """The account, or that there is none."""
        return person(record.friend) if record.friend_id else str(_("Guest"))

    def render_order_total(self, value: int, record: Referral) -> str:
        """In the order's currency."""
        return money_in(value, record.currency)

    def render_friend_discount(self, record: Referral) -> str:
        """On goods and delivery, in the order's currency."""
        return money_in(record.saved, record.currency)


class RewardTable(PlainTable):
    """What people earned, and what became of it."""

    referral = Column(verbose_name=_("For order"))
    side = Column(verbose_name=_("Who gets it"))
    amount = Column(verbose_name=_("Worth"))
    state = StateColumn(verbose_name=_("Status"))
    hold_until = Column(verbose_name=_("Dates"), empty_values=())
    voucher_code = Column(verbose_name=_("Voucher"))
    spent_order_number = Column(verbose_name=_("Spent with"))

    class Meta(PlainTable.Meta):
        model = Reward
        fields: tuple[str, ...] = (
            "referral",
            "side",
            "amount",
            "state",
            "hold_until",
            "voucher_code",
            "spent_order_number",
        )

    def render_referral(self, record: Reward) -> SafeString:
        """A link to the whole story."""
        referral = record.referral
        return self.link(
            "referrals-referral-detail",
            referral.pk,
            _order_of(referral),
            permission="view_referral",
        )

    def render_side(self, value: str, record: Reward) -> SafeString:
        """The side and the person; a friend may be a guest."""
        if record.advocate is not None:
            return with_note(value, person(record.advocate.user))
        friend = record.referral.friend
        return with_note(value, person(friend) if friend is not None else _("Guest"))

    def render_amount(self, record: Reward) -> SafeString:
        """The amount or the percentage, and the way to its books."""
        return self.link(
            "referrals-reward-detail", record.pk, reward_value(record), permission="view_reward"
        )

    def render_hold_until(self, record: Reward) -> str:
        """The one date that matters in the reward's state."""
        if record.state == Reward.State.PENDING and record.hold_until:
            return str(_("held until %(moment)s")) % {"moment": moment(record.hold_until)}
        if record.state == Reward.State.AVAILABLE and record.expires_at:
            return str(_("valid until %(moment)s")) % {"moment": moment(record.expires_at)}
        if record.spent_at:
            return str(_("spent on %(moment)s")) % {"moment": moment(record.spent_at)}
        if record.settled_amount is not None:
            return str(_("settled on %(moment)s")) % {"moment": moment(record.available_at)}
        return str(_("earned on %(moment)s")) % {"moment": moment(record.created_at)}

    def render_spent_order_number(self, value: str, record: Reward) -> SafeString:
        """The order and what it saved."""
        return with_note(f"#{value}", money_in(record.spent_amount, record.currency))


class OutstandingTable(RewardTable):
    """What makes up one figure of the liability report."""

    outstanding = Column(verbose_name=_("Of the figure"))

    class Meta(RewardTable.Meta):
        fields = ("referral", "side", "amount", "outstanding", "state", "hold_until")
        sequence = fields
        exclude = ("voucher_code", "spent_order_number")

    def render_outstanding(self, value: int, record: Any) -> str:
        """In the unit of the figure."""
        return unit_amount(value, record.outstanding_unit)
