"""Referrals that could not be settled: the error is kept with the row until it works again."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.kinds.base import NotIssuable
from oscar_referrals.rewards.ledger import LedgerConflict
from oscar_referrals.rewards.locked import VouchersChanged

#: What `settle` takes back when it works again.
NO_FAILURE = {"settle_error": "", "settle_failures": 0, "settle_failed_at": None}


def failing() -> QuerySet[Referral]:
    """The referrals whose last settlement failed."""
    return Referral.objects.exclude(settle_error="")


def note_failure(
    referral_id: int, error: Exception, *, now: datetime, again_at: datetime | None = None
) -> None:
    """Keep the error with the referral; ``again_at`` is when the periodic work tries next."""
    again = {} if again_at is None else {"settle_due_at": again_at}
    Referral.objects.filter(pk=referral_id).update(
        settle_error=f"{type(error).__name__}: {error}"[:300],
        settle_failures=F("settle_failures") + 1,
        settle_failed_at=now,
        **again,
    )


def advice(referral: Referral) -> str:
    """What the error means, and what to do, in words for staff; empty if there is none."""
    if not referral.settle_error:
        return ""
    name, _colon, detail = referral.settle_error.partition(": ")
    if name == NotIssuable.__name__:
        return _("The reward can't be handed out: %(why)s") % {"why": detail}
    if name == VouchersChanged.__name__:
        return _("The vouchers of the reward were changed again and again meanwhile. Try again.")
    if name == LedgerConflict.__name__:
        return _(
            "The books have another entry of the same name. Have “manage.py check_ledger” run, "
            "which names what doesn't fit."
        )
    if name in _OF_THE_DATABASE:
        return _("The database was busy or could not be reached. Try again.")
    if name in (ImportError.__name__, ModuleNotFoundError.__name__):
        return _(
            "A function or a kind of reward that the settings name is not installed. Show this to "
            "whoever looks after the server."
        )
    return _(
        "Something unexpected happened, perhaps in a function of the shop's own. Show this to "
        "whoever looks after the server."
    )


_OF_THE_DATABASE = frozenset(kind.__name__ for kind in DatabaseError.__subclasses__())
