"""What a shop may name in its settings: who has agreed, and whose address is proved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

VERIFIED = "tests.account.consent.verified"
PROVED = "tests.account.consent.proved"
#: Accounts whose address this shop has seen proved, for `proved`.
proved_accounts: set[int] = set()


def given(request: HttpRequest) -> bool:
    """This shop's visitors have all agreed."""
    return True


def refused(request: HttpRequest) -> bool:
    """They have all refused."""
    return False


def verified(user: Any) -> bool:
    """This shop lets nobody in who has not answered a mail to the address."""
    return True


def proved(user: Any) -> bool:
    """This shop asks each account to answer a mail to the address, and some have not yet."""
    return user.pk in proved_accounts
