"""Sending one message of the outbox through Oscar, in the recipient's language."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_class

from oscar_referrals.messages import compose, pace, preferences
from oscar_referrals.messages.given_up import (
    ACCOUNT_CLOSED,
    ACCOUNT_ERASED,
    NO_ADDRESS,
    NOT_WANTED,
    OFF_IN_PROGRAM,
    OUTDATED,
    SWITCHED_OFF,
    TOO_SOON,
)
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.recipients import Recipient, recipient_of
from oscar_referrals.messages.subjects import program_of
from oscar_referrals.messages.truth import is_still_true
from oscar_referrals.messages.unsubscribe import headers_for

logger = logging.getLogger(__name__)

#: What an error begins with that is in the text of a message.
BROKEN_TEXT = "text: "


class GivenUp(Exception):
    """The message will never be sent, for the reason that is its text."""


class HeldBack(GivenUp):
    """The same, because somebody wants it so: its recipient, or the program's staff."""


def deliver(message: OutboxMessage, now: datetime | None = None) -> None:
    """Send it. Raises GivenUp when it can't or need not be sent, or what the mail server says.

    Raises pace.TooSoon when it has to wait, and compose.BrokenText. Oscar keeps a copy for the
    customer's account page, as with its own mails.
    """
    recipient = recipient_of(message)
    if recipient is None:
        raise GivenUp(ACCOUNT_ERASED)
    if recipient.user is not None and not recipient.user.is_active:
        raise GivenUp(ACCOUNT_CLOSED)
    if not recipient.address:
        raise GivenUp(NO_ADDRESS)
    if not is_still_true(message):
        raise GivenUp(OUTDATED)
    _hold_back(message, recipient)
    texts = compose.render(message)
    if not texts["subject"].strip() or not (texts["body"].strip() or texts["html"].strip()):
        # Staff have emptied the texts in Oscar's dashboard.
        raise GivenUp(SWITCHED_OFF)
    kind = KINDS.get(message.event)
    is_capped = kind is not None and kind.is_capped
    with pace.turn(recipient, now or timezone.now()) if is_capped else nullcontext():
        _send(recipient, texts, headers_of(message))


def headers_of(message: OutboxMessage) -> dict[str, str]:
    """What lets the recipient unsubscribe; nothing for what can't be switched off."""
    program = program_of(message)
    address = compose.unsubscribe_url(message, program) if program is not None else ""
    return headers_for(address) if address else {}


def _hold_back(message: OutboxMessage, recipient: Recipient) -> None:
    """Asked right before sending, so that what somebody says counts for what waits already."""
    kind, program = KINDS.get(message.event), program_of(message)
    if program is not None and preferences.is_off(program, message.event):
        raise HeldBack(OFF_IN_PROGRAM)
    if kind is not None and not preferences.is_wanted(kind, recipient):
        raise HeldBack(NOT_WANTED)


def _send(recipient: Recipient, texts: dict[str, str], headers: dict[str, str]) -> None:
    # Stock Oscar can't send text messages, and says so after the mail has gone.
    messages = {**texts, "sms": ""}
    with _dispatcher(headers) as dispatcher:
        if recipient.user is None:
            dispatcher.dispatch_direct_messages(recipient.address, messages)
        else:
            dispatcher.dispatch_user_messages(recipient.user, messages)


@contextmanager
def _dispatcher(headers: dict[str, str]) -> Iterator[Any]:
    """Oscar's own, or the shop's; it has no place for headers but a connection to send through."""
    dispatcher_class = get_class("communication.utils", "Dispatcher")
    if not headers:
        yield dispatcher_class()
        return
    connection = WithHeaders(headers)
    yield dispatcher_class(mail_connection=connection)
    if not connection.was_used:
        logger.warning("The shop's Dispatcher ignores mail_connection: %s is missing", [*headers])


class WithHeaders:
    """A mail connection that puts headers on what it sends."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers
        self.was_used = False

    def send_messages(self, emails: list[Any]) -> int:
        """Send through the connection of the shop's settings."""
        self.was_used = True
        for email in emails:
            email.extra_headers.update(self.headers)
        return get_connection().send_messages(emails) or 0


def error_text(message: OutboxMessage) -> str:
    """Why it was not sent, in words for staff; empty if nothing went wrong."""
    if message.error.startswith(BROKEN_TEXT):
        return _("Its text in Oscar's communication events has a mistake: %(error)s") % {
            "error": message.error.removeprefix(BROKEN_TEXT)
        }
    known = {
        ACCOUNT_ERASED: _("The account was deleted."),
        ACCOUNT_CLOSED: _("The account is closed."),
        NO_ADDRESS: _("The account has no e-mail address."),
        OUTDATED: _("It was no longer true when it was to be sent."),
        SWITCHED_OFF: _("Its texts are empty in Oscar's communication events."),
        NOT_WANTED: _("The person has not agreed to such messages, or does not want them."),
        OFF_IN_PROGRAM: _("The program has switched such messages off."),
        TOO_SOON: _("The person has had another message of the shop lately."),
    }
    return known.get(message.error, message.error)
