"""What is kept about mails to a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.own_data import Section, record, section


def own_data(user: Any) -> list[Section]:
    """Mails that were sent or wait to be; their words are not kept."""
    mails = OutboxMessage.objects.filter(user=user).order_by("pk")
    return [section("messages", _("Mails to me"), map(_mail, mails))]


def _mail(row: OutboxMessage) -> list[Any]:
    return record(row, "event", "language", "state", "created_at", "sent_at")
