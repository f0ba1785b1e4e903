"""A pseudonym for the visitor, once there is a reason to know them again."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from oscar_referrals.identity import visitor_key

#: A random word in the session. The session's own key changes at every login, this does not.
SESSION_KEY = "referrals_visitor"


def visitor_of(request: HttpRequest) -> str:
    """The visitor's pseudonym (32 hex digits), the same before and after login; empty if unknown.

    Asking starts no session, and so sets no cookie.
    """
    token = request.session.get(SESSION_KEY)
    return visitor_key(token) if isinstance(token, str) and token else ""


def remember_visitor(request: HttpRequest) -> str:
    """Know this visitor from now on, and return the pseudonym.

    It keeps a session, and so sets a cookie: only for whoever asked for a discount, by pressing the
    button or typing a code, or agreed to be remembered (A08).
    """
    if not visitor_of(request):
        request.session[SESSION_KEY] = secrets.token_hex(16)
    return visitor_of(request)
