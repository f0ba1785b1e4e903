"""What a mail says. Every sentence about money comes from the version that it is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from oscar.core.loading import get_model

from oscar_referrals.members.names import shown_name
from oscar_referrals.messages.about_people import about
from oscar_referrals.messages.about_reward import about_reward
from oscar_referrals.messages.addresses import absolute_url
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.recipients import recipient_of
from oscar_referrals.messages.unsubscribe import token_for, token_to_choose
from oscar_referrals.programs.models import Program


class BrokenText(Exception):
    """The text of a message can't be rendered: what the template language says."""


def render(message: OutboxMessage) -> dict[str, str]:
    """Subject, body, html and sms in the message's language, from Oscar's communication event.

    Staff may edit the texts in Oscar's dashboard, under the event's code in capitals; the variables
    are those of `context_of`. Raises BrokenText.
    """
    with translation.override(message.language or settings.LANGUAGE_CODE):
        return render_event(message.event, context_of(message))


def render_event(event: str, context: dict[str, Any]) -> dict[str, str]:
    """The texts of an event with these variables, in the active language. Raises BrokenText."""
    event_types = get_model("communication", "CommunicationEventType").objects
    try:
        texts: dict[str, str] = event_types.get_and_render(event.upper(), context)
    except Exception as error:
        # Whatever a template does wrong; with its name, for most of them say little alone.
        raise BrokenText(f"{type(error).__name__}: {error}") from error
    return texts


def context_of(message: OutboxMessage) -> dict[str, Any]:
    """The variables of the templates, in the active language."""
    context = about_reward(message.reward) if message.reward is not None else about(message)
    return with_addresses(
        context,
        user=message.user,
        unsubscribe_url=unsubscribe_url(message, context["program"]),
        preferences_url=preferences_url(message, context["program"]),
    )


def with_addresses(
    context: dict[str, Any], *, user: Any, unsubscribe_url: str, preferences_url: str
) -> dict[str, Any]:
    """The variables of one subject, and those that every message has."""
    program: Program = context["program"]
    portal_url = absolute_url(program, "referrals:portal")
    return {
        "action_url": portal_url,
        **context,
        "user": user,
        # Anybody can register somebody else's address, with a message as the name.
        "first_name": shown_name(user.first_name) if user is not None else "",
        "site": program.site,
        "language": translation.get_language(),
        "portal_url": portal_url,
        "preferences_url": preferences_url,
        "unsubscribe_url": unsubscribe_url,
    }


def preferences_url(message: OutboxMessage, program: Program) -> str:
    """Where the recipient chooses e-mails: an account signed in, a guest by this link."""
    recipient = recipient_of(message)
    if recipient is None or recipient.user is not None:
        return absolute_url(program, "referrals:mails")
    return absolute_url(program, "referrals:guest-mails", token_to_choose(recipient))


def unsubscribe_url(message: OutboxMessage, program: Program) -> str:
    """Where the recipient stops this kind of message; empty for one that is always sent."""
    kind = KINDS.get(message.event)
    recipient = recipient_of(message)
    if kind is None or not kind.can_be_switched_off or recipient is None:
        return ""
    return absolute_url(program, "referrals:stop-mails", token_for(recipient, message.event))
