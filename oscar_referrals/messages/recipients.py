"""Who gets a message: an account, or the guest of an order, whose address stays with the order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from oscar_referrals.identity import email_key
from oscar_referrals.messages.friends import guest_address
from oscar_referrals.messages.kinds import is_to_friend
from oscar_referrals.messages.models import OutboxMessage

#: What a list of messages reads with them to say who each goes to.
ABOUT = ("user", "referral__order", "late_claim__order")


@dataclass(frozen=True)
class Recipient:
    """An account or, where `user` is None, whoever has the address behind `email_key`."""

    user: Any = None
    guest_key: str = ""
    #: Empty where it was not asked for: preferences need none.
    address: str = ""

    @cached_property
    def email_key(self) -> str:
        """The keyed HMAC of the address; empty for an account without one."""
        return self.guest_key or email_key(self.user.email if self.user is not None else "")

    def rows(self) -> Q:
        """Which rows of a table with ``user`` and ``email_key`` are about this person.

        What somebody stated as a guest goes on to count once they have an account.
        """
        as_guest = Q(user=None, email_key=self.email_key) if self.email_key else None
        if self.user is None:
            return as_guest or Q(pk__in=[])
        return Q(user=self.user) | as_guest if as_guest else Q(user=self.user)

    @property
    def identity(self) -> dict[str, Any]:
        """The columns that name this person in a row of their own."""
        if self.user is not None:
            return {"user": self.user, "email_key": ""}
        return {"user": None, "email_key": self.guest_key}


def recipient_of(message: OutboxMessage) -> Recipient | None:
    """Who the message goes to; None where nobody is left to write to."""
    if message.user is not None:
        return Recipient(user=message.user, address=message.user.email)
    subject = message.referral or message.late_claim
    guest = guest_address(subject) if is_to_friend(message.event) else ""
    if not guest:
        return None
    return Recipient(guest_key=email_key(guest), address=guest)
