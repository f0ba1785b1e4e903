"""Who stands at the till: the signed-in user, or the guest's e-mail once checkout knows it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest

from oscar_referrals.identity import email_key


class Shopper(NamedTuple):
    """The person a claim is checked for. `user` is None for guests, `key` empty while unknown."""

    user: Any
    email: str
    key: str

    @property
    def identity(self) -> str:
        """Whom the costly checks are made for: an account without an e-mail is known by its id."""
        return self.key or (f"user:{self.user.pk}" if self.user is not None else "")


def shopper(request: HttpRequest) -> Shopper:
    """The shopper of a request. No query: the user is loaded, the e-mail is in the session."""
    if request.user.is_authenticated:
        return Shopper(request.user, request.user.email, email_key(request.user.email))
    guest = (request.session.get("checkout_data") or {}).get("guest") or {}
    email = guest.get("email") or ""
    return Shopper(None, email, email_key(email))
