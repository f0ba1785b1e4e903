"""Stopping a kind of message from the mail itself, without signing in (RFC 2369, RFC 8058); and
for guests, who can't sign in, choosing among all kinds.

The link carries a signed token and nothing that a person could be read from: of an account its
number, of a guest the keyed HMAC. It has no date, for a mail may be opened after years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing

from oscar_referrals.messages.kinds import KINDS, Kind
from oscar_referrals.messages.recipients import Recipient

SALT = "oscar_referrals.messages.unsubscribe"
SALT_TO_CHOOSE = "oscar_referrals.messages.choose"
ACCOUNT, GUEST = "a", "g"


@dataclass(frozen=True)
class Wish:
    """What a link asks for: this kind no more, for this person."""

    kind: Kind
    #: None if the account is gone: there is nobody to write to any more.
    recipient: Recipient | None


def token_for(recipient: Recipient, event: str) -> str:
    """The token of the link in a message of this kind to this person."""
    if recipient.user is not None:
        who: list[Any] = [ACCOUNT, recipient.user.pk]
    else:
        who = [GUEST, recipient.guest_key]
    return signing.Signer(salt=SALT).sign_object([event, *who], compress=True)


def read(token: str) -> Wish | None:
    """What the token asks for; None, without a query, if it is not one of ours."""
    try:
        event, kind_of_person, person = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    kind = KINDS.get(event)
    if kind is None or not kind.can_be_switched_off:
        return None
    if kind_of_person == GUEST:
        return Wish(kind, Recipient(guest_key=person))
    user = get_user_model()._default_manager.filter(pk=person).first()
    return Wish(kind, Recipient(user=user) if user is not None else None)


def token_to_choose(guest: Recipient) -> str:
    """The token of the page on which a guest chooses e-mails."""
    return signing.Signer(salt=SALT_TO_CHOOSE).sign_object(guest.guest_key)


def guest_of(token: str) -> Recipient | None:
    """Whose choice the token opens; None if it is not one of ours. No query."""
    try:
        key = signing.Signer(salt=SALT_TO_CHOOSE).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Recipient(guest_key=key)


def headers_for(address: str) -> dict[str, str]:
    """What lets mail programs show a button that unsubscribes with one click.

    The standard asks for HTTPS; over HTTP only the link itself is offered.
    """
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
