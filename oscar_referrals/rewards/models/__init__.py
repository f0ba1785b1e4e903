"""WHAT is owed, as rows."""

from __future__ import annotations

from oscar_referrals.rewards.models.books import LedgerAccount, LedgerEntry, Posting
from oscar_referrals.rewards.models.credit import CreditUse
from oscar_referrals.rewards.models.reward import Reward
from oscar_referrals.rewards.models.set_off import SetOff
from oscar_referrals.rewards.models.settlement import OutsideSettlement

__all__ = [
    "CreditUse",
    "LedgerAccount",
    "LedgerEntry",
    "OutsideSettlement",
    "Posting",
    "Reward",
    "SetOff",
]
