"""The one door through which Django finds the rooms' models."""

from __future__ import annotations

from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.members.models import Advocate, KnownOrder, TermsAcceptance
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.models import (
    DraftTerms,
    Incentive,
    IncentiveAmount,
    IncentiveProduct,
    Program,
    ProgramVersion,
    TermsVersion,
)
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.upkeep.models import JobRun

__all__ = [
    "Advocate",
    "Claim",
    "Decision",
    "DraftTerms",
    "Incentive",
    "IncentiveAmount",
    "IncentiveProduct",
    "JobRun",
    "KnownOrder",
    "LedgerAccount",
    "LedgerEntry",
    "OutboxMessage",
    "Pin",
    "Posting",
    "Program",
    "ProgramVersion",
    "Referral",
    "ReferralCode",
    "Reward",
    "TermsAcceptance",
    "TermsVersion",
    "Touch",
]
