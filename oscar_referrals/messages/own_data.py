"""What is kept about mails to a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals.messages.models import MessagePreference, OutboxMessage
from oscar_referrals.messages.recipients import Recipient
from oscar_referrals.own_data import Section, record, section


def own_data(user: Any) -> list[Section]:
    """Mails that were sent or wait to be; their words are not kept."""
    mails = OutboxMessage.objects.filter(user=user).order_by("pk")
    wishes = MessagePreference.objects.filter(Recipient(user=user).rows()).order_by("pk")
    return [
        section("messages", _("Mails to me"), map(_mail, mails)),
        section("wanted_messages", _("Which mails I want"), map(_wish, wishes)),
    ]


def _wish(row: MessagePreference) -> list[Any]:
    return record(row, "event", "wanted", "method", "stated_at")


def _mail(row: OutboxMessage) -> list[Any]:
    return record(row, "event", "language", "state", "created_at", "sent_at")
