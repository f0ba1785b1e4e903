"""What is kept about mails to a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from oscar_referrals.members.proofs import proven_key
from oscar_referrals.messages.models import LastMail, MessagePreference, OutboxMessage
from oscar_referrals.own_data import Section, record, section


def own_data(user: Any) -> list[Section]:
    """Mails that were sent or wait to be, whose words are not kept, and which ones are wanted."""
    key = proven_key(user)
    # What was said as a guest with this address counts on.
    person = Q(user=user) | (Q(user=None, email_key=key) if key else Q())
    mails = OutboxMessage.objects.filter(user=user).order_by("pk")
    wanted = MessagePreference.objects.filter(person).order_by("pk")
    last = LastMail.objects.filter(person).order_by("pk")
    return [
        section(
            "messages",
            _("Mails to me"),
            (record(row, "event", "language", "state", "created_at", "sent_at") for row in mails),
        ),
        section(
            "wanted_messages",
            _("Mails that I want or don't want"),
            (record(row, "event", "wanted", "method", "stated_at", "email_key") for row in wanted),
        ),
        section(
            "last_mail",
            _("When I last got a mail that keeps in touch"),
            (record(row, "sent_at", "email_key") for row in last),
        ),
    ]
