"""Recognising a person again without keeping who it is: keyed HMACs of canonical e-mails."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from oscar_referrals import conf

#: Providers that ignore what follows a plus sign in the local part (F02).
PLUS_PROVIDERS = frozenset(
    {
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "fastmail.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "zoho.com",
    }
)
#: Providers that ignore dots in the local part (F02).
DOT_PROVIDERS = frozenset({"gmail.com"})
#: Domains that deliver to the same mailboxes.
SAME_DOMAIN = {
    "googlemail.com": "gmail.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
}


def canonical_email(email: str) -> str:
    """The form under which two addresses of one mailbox are equal (F02).

    A key for matching only: never used to log in or to send mail. Domains that are not in the
    provider table keep their local part, as ``a.b@corp.my`` and ``ab@corp.my`` may be two people.
    """
    local, _at, domain = email.strip().lower().rpartition("@")
    domain = SAME_DOMAIN.get(domain, domain)
    if domain in PLUS_PROVIDERS or domain in SAME_DOMAIN.values():
        local = local.split("+", 1)[0]
    if domain in DOT_PROVIDERS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def email_key(email: str | None) -> str:
    """The keyed HMAC (64 hex digits) of an e-mail's canonical form; empty for no e-mail."""
    if not email or "@" not in email:
        return ""
    return _hmac("email", canonical_email(email))


def person_key(name: str) -> str:
    """The keyed HMAC (64 hex digits) of a name in the form of `members.names.canonical_name`."""
    return _hmac("name", name)


def visitor_key(value: str) -> str:
    """A pseudonym for a session or address, useless without the installation's key."""
    return _hmac("visitor", value)[:32]


def _hmac(purpose: str, value: str) -> str:
    secret = conf.get().HMAC_KEY or settings.SECRET_KEY
    key = hashlib.sha256(f"oscar_referrals:{purpose}:{secret}".encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
