"""The lists of the operator's pages, in the shape of Oscar's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, Table, TemplateColumn

from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    NOTHING,
    addressee,
    event_name,
    moment,
    money_in,
    person,
    reason_text,
    reward_name,
    reward_value,
    state_badge,
    unit_amount,
)
from oscar_referrals.insight.statement import name_of, reason_of
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.delivery import error_text
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.chart import account_name
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Reward

NAMESPACE = "oscar_referrals_dashboard"


def link(name: str, key: Any, text: str) -> SafeString:
    """A link to a page of ours."""
    return format_html('<a href="{}">{}</a>', reverse(f"{NAMESPACE}:{name}", args=[key]), text)


def with_note(main: Any, note: Any) -> SafeString:
    """What a cell says, with something quieter under it."""
    if not note:
        return format_html("{}", main)
    return format_html('{}<br><small class="rf-quiet">{}</small>', main, note)


class PlainTable(Table):
    """A table of one page's rows: whoever cuts the page also orders it."""

    #: Who looks at it; nobody may follow a link before that is known.
    user: Any = None

    class Meta:
        template_name = "oscar_referrals/dashboard/table.html"
        orderable = False
        default = NOTHING
        attrs = {
            "class": "table table-striped table-bordered rf-table",
            # A small screen shows a row as a card, with the heading beside each cell.
            "td": {"data-label": lambda bound_column: bound_column.header},
        }

    def before_render(self, request: HttpRequest) -> None:
        """Remember who looks at it."""
        self.user = request.user

    def link(self, name: str, key: Any, text: str, *, permission: str) -> SafeString:
        """A link to a page of ours, or only its text for whoever may not see that page."""
        if self.user is not None and self.user.has_perm(f"oscar_referrals.{permission}"):
            return link(name, key, text)
        return format_html("{}", text)


class StateColumn(Column):
    """A state as a badge, with the reason under it."""

    def render(self, value: str, record: Any) -> SafeString:
        """``value`` is the state's label, as django-tables2 gives the display of a choice."""
        return with_note(state_badge(record.state, value), reason_text(record.reason))


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


class LedgerTable(PlainTable):
    """Entries of the books, each with its legs."""

    pk = Column(verbose_name=_("Entry"))
    booked_at = Column(verbose_name=_("Booked"))
    event = Column(verbose_name=_("Event"))
    reward = Column(verbose_name=_("Reward"))
    legs = TemplateColumn(
        template_name="oscar_referrals/dashboard/partials/legs.html", verbose_name=_("Legs")
    )

    class Meta(PlainTable.Meta):
        model = LedgerEntry
        fields = ("pk", "booked_at", "event", "reward", "legs")

    def render_booked_at(self, value: datetime) -> str:
        """In words of the locale."""
        return moment(value)

    def render_event(self, value: str, record: LedgerEntry) -> SafeString:
        """What happened, and why."""
        return with_note(name_of(record), reason_text(reason_of(record)))

    def render_reward(self, value: Reward, record: LedgerEntry) -> SafeString:
        """A link to the reward, with the entry's business key."""
        name = self.link(
            "referrals-reward-detail", value.pk, reward_name(value), permission="view_reward"
        )
        return with_note(name, record.key)


class AccountTable(PlainTable):
    """Accounts of the books with their balances."""

    kind = Column(verbose_name=_("Account"))
    program = Column(verbose_name=_("Program"))
    advocate = Column(verbose_name=_("Advocate"))
    balance = Column(verbose_name=_("Balance"))

    class Meta(PlainTable.Meta):
        model = LedgerAccount
        fields = ("kind", "program", "advocate", "balance")

    def render_kind(self, record: LedgerAccount) -> str:
        """By the label of its program."""
        return account_name(record.kind, record.program.booked_as)

    def render_advocate(self, value: Advocate) -> SafeString:
        """A link to the statement."""
        return self.link(
            "referrals-statement-advocate",
            value.pk,
            person(value.user),
            permission="view_ledgerentry",
        )

    def render_balance(self, value: int, record: LedgerAccount) -> SafeString:
        """A link to the entries that made it."""
        url = reverse(f"{NAMESPACE}:referrals-ledger-list")
        amount = unit_amount(value, record.unit)
        return format_html('<a href="{}?number={}">{}</a>', url, record.pk, amount)


class AliasTable(PlainTable):
    """Names on the leaderboard."""

    alias = Column(verbose_name=_("Name"))
    user = Column(verbose_name=_("Advocate"), empty_values=())
    program = Column(verbose_name=_("Program"))
    on_leaderboard = Column(verbose_name=_("Status"))
    actions = TemplateColumn(
        template_name="oscar_referrals/dashboard/partials/alias_actions.html",
        verbose_name=_("Actions"),
    )

    class Meta(PlainTable.Meta):
        model = Advocate
        fields = ("alias", "user", "program", "on_leaderboard", "actions")

    def render_user(self, record: Advocate) -> str:
        """The account, or that it is gone."""
        return person(record.user)

    def render_on_leaderboard(self, record: Advocate) -> SafeString:
        """Seen, hidden and why, or not wanted by its owner."""
        if record.alias_hidden_at is not None:
            return with_note(_("Hidden"), record.alias_hidden_reason)
        return with_note(_("Shown") if record.on_leaderboard else _("Not on the leaderboard"), "")


class MessageTable(PlainTable):
    """Mails owed and sent."""

    created_at = Column(verbose_name=_("Created"))
    event = Column(verbose_name=_("Message"))
    user = Column(verbose_name=_("To"), empty_values=())
    state = Column(verbose_name=_("Status"))
    referral = Column(verbose_name=_("About"))
    actions = TemplateColumn(
        template_name="oscar_referrals/dashboard/partials/resend.html",
        verbose_name=_("Actions"),
    )

    class Meta(PlainTable.Meta):
        model = OutboxMessage
        fields = ("created_at", "event", "user", "state", "referral", "actions")

    def render_created_at(self, value: datetime) -> str:
        """In words of the locale."""
        return moment(value)

    def render_event(self, value: str) -> str:
        """What the mail is about."""
        return event_name(value)

    def render_user(self, record: OutboxMessage) -> str:
        """The account, a guest, or that the account is gone."""
        return addressee(record)

    def render_state(self, value: str, record: OutboxMessage) -> SafeString:
        """The state, when it was sent, and the last error."""
        note = error_text(record) or (moment(record.sent_at) if record.sent_at else "")
        return with_note(state_badge(record.state, value), note)

    def render_referral(self, value: Referral) -> SafeString:
        """A link to the whole story."""
        return self.link(
            "referrals-referral-detail", value.pk, _order_of(value), permission="view_referral"
        )
