"""What a movement in the books is called and why it happened, as staff and customers read it."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals.rewards.ledger import LOSS, LOSS_REVERSAL, LOSSES, direction
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry

Kind = LedgerAccount.Kind

#: What a customer has, by account; what they owe back counts against it.
HELD = (Kind.PENDING.value, Kind.AVAILABLE.value, Kind.RESERVED.value, Kind.CLAWBACK.value)

#: What each event of the books is called.
EVENT_NAMES = {
    "earn": gettext_lazy("Earned"),
    "issue": gettext_lazy("Available"),
    "redeem": gettext_lazy("Used"),
    "void": gettext_lazy("Withdrawn before it was available"),
    "reverse": gettext_lazy("Taken back"),
    "expire": gettext_lazy("Expired"),
    "reserve": gettext_lazy("Set aside for a basket"),
    "release": gettext_lazy("Released from a basket"),
    LOSS: gettext_lazy("Discount given a second time"),
    LOSS_REVERSAL: gettext_lazy("Second discount undone"),
}


def event_name(event: str) -> str:
    """What an event of the books is called; its own name where a shop has added one."""
    return str(EVENT_NAMES.get(event, event))


def what_happened(event: str, moved: dict[str, int]) -> str:
    """An entry in the words of the customer's side, by what it moved (see `Movement.moved`).

    The books name an entry after the state that the reward is in then; a part that was used or
    taken back leaves the state as it is.
    """
    if event in LOSSES:
        return event_name(event)
    if moved.get(Kind.SETTLED):
        return str(Kind.SETTLED.label)
    used, owed_back = moved.get(Kind.REDEEMED, 0), moved.get(Kind.CLAWBACK, 0)
    if used:
        return _("Used") if used > 0 else _("Given back")
    if moved.get(Kind.WRITE_OFF):
        return _("Written off")
    if owed_back:
        return _("Taken back after it was used") if owed_back > 0 else _("Set off")
    only = [kind for kind in HELD if moved.get(kind)]
    less = len(only) == 1 and moved[only[0]] < 0 and not moved.get(Kind.BREAKAGE)
    return _("Reduced") if less and event in ("earn", "issue") else event_name(event)


def name_of(entry: LedgerEntry) -> str:
    """One entry in the same words as on the statement; fetch its legs with their accounts first."""
    moved: dict[str, int] = defaultdict(int)
    for leg in entry.postings.all():
        moved[leg.account.kind] += direction(leg.account.kind) * leg.amount
    return what_happened(entry.event, moved)


def reason_of(entry: LedgerEntry) -> str:
    """The reason code of an entry, if it is the reason of what happened.

    An entry that leaves the reward pending or available bears the reason of that state: "paid"
    says nothing about a part that was used.
    """
    stays = entry.event in ("earn", "issue") and name_of(entry) != event_name(entry.event)
    return "" if stays else entry.reason
