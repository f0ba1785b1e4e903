"""Sending one message of the outbox through Oscar, in the recipient's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from oscar.core.loading import get_class

from oscar_referrals.messages import compose
from oscar_referrals.messages.friends import guest_address
from oscar_referrals.messages.models import OutboxMessage

#: Why a message was given up, as it is stored with it.
ACCOUNT_ERASED = "account-erased"
ACCOUNT_CLOSED = "account-closed"
NO_ADDRESS = "no-address"
OUTDATED = "outdated"
SWITCHED_OFF = "switched-off"
#: Such a message waits for no one: there is nothing to repair.
NOBODYS_FAULT = (ACCOUNT_ERASED, ACCOUNT_CLOSED, NO_ADDRESS, OUTDATED, SWITCHED_OFF)


class GivenUp(Exception):
    """The message will never be sent, for the reason that is its text."""


def deliver(message: OutboxMessage) -> None:
    """Send it. Raises GivenUp when it can't or need not be sent, or what the mail server says.

    Oscar keeps a copy for the customer's account page, as with its own mails.
    """
    user = message.user
    guest = _guest_of(message) if user is None else ""
    if user is None and not guest:
        raise GivenUp(ACCOUNT_ERASED)
    if user is not None and not user.is_active:
        raise GivenUp(ACCOUNT_CLOSED)
    if user is not None and not user.email:
        raise GivenUp(NO_ADDRESS)
    if not compose.is_still_true(message):
        raise GivenUp(OUTDATED)
    texts = compose.render(message)
    if not texts["subject"].strip() or not (texts["body"].strip() or texts["html"].strip()):
        # Staff have emptied the texts in Oscar's dashboard.
        raise GivenUp(SWITCHED_OFF)
    # Stock Oscar can't send text messages, and says so after the mail has gone.
    dispatcher = get_class("communication.utils", "Dispatcher")()
    if user is None:
        dispatcher.dispatch_direct_messages(guest, {**texts, "sms": ""})
    else:
        dispatcher.dispatch_user_messages(user, {**texts, "sms": ""})


def _guest_of(message: OutboxMessage) -> str:
    """Friends may have ordered without an account; advocates have one."""
    to_friend = message.event in compose.TO_FRIEND.values()
    return guest_address(message.referral) if to_friend else ""


def error_text(message: OutboxMessage) -> str:
    """Why it was not sent, in words for staff; empty if nothing went wrong."""
    known = {
        ACCOUNT_ERASED: _("The account was deleted."),
        ACCOUNT_CLOSED: _("The account is closed."),
        NO_ADDRESS: _("The account has no e-mail address."),
        OUTDATED: _("It was no longer true when it was to be sent."),
        SWITCHED_OFF: _("Its texts are empty in Oscar's communication events."),
    }
    return known.get(message.error, message.error)
