"""Lists of the names on leaderboards and of the messages people are sent."""

from __future__ import annotations

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, TemplateColumn

from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard.tables.plain import PlainTable, with_note
from oscar_referrals.dashboard.tables.referrals import _order_of
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import (
    addressee,
    event_name,
    moment,
    person,
    state_badge,
)
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.delivery import error_text
from oscar_referrals.messages.models import OutboxMessage


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
