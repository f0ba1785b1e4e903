"""Why a message was not sent, as it is stored with it."""

from __future__ import annotations

ACCOUNT_ERASED = "account-erased"
ACCOUNT_CLOSED = "account-closed"
NO_ADDRESS = "no-address"
OUTDATED = "outdated"
SWITCHED_OFF = "switched-off"
#: Why it was held back, or waits.
NOT_WANTED = "not-wanted"
OFF_IN_PROGRAM = "off-in-program"
TOO_SOON = "too-soon"
#: Such a message has reached nobody and waits for no one: there is nothing to repair.
NOBODYS_FAULT = (
    ACCOUNT_ERASED,
    ACCOUNT_CLOSED,
    NO_ADDRESS,
    OUTDATED,
    SWITCHED_OFF,
    NOT_WANTED,
    OFF_IN_PROGRAM,
    TOO_SOON,
)
