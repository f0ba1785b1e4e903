"""Lists of entries, and of the accounts they are in."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, TemplateColumn

from oscar_referrals.dashboard.tables.plain import NAMESPACE, PlainTable, with_note
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    moment,
    person,
    reason_text,
    reward_name,
    unit_amount,
)
from oscar_referrals.insight.movements import name_of, reason_of
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.chart import account_name
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Reward


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
