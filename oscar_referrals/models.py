"""The one door through which Django finds the rooms' models."""

from __future__ import annotations

from oscar_referrals.attribution.assignments import Assignment, LateClaim
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.insight.models import LedgerSnapshot, SnapshotBalance, SnapshotLapsed
from oscar_referrals.members.models import Advocate, KnownOrder, RewardPreference, TermsAcceptance
from oscar_referrals.members.proofs import ProvedAddress
from oscar_referrals.messages.models import (
    LastMail,
    MessagePreference,
    MessageSwitch,
    OutboxMessage,
)
from oscar_referrals.programs.models import (
    DraftTerms,
    ForbiddenPhrase,
    Incentive,
    IncentiveAmount,
    IncentiveProduct,
    IncentiveTier,
    Limit,
    Program,
    ProgramVersion,
    StatementWaiver,
    TermsVersion,
    WaiverWithdrawal,
)
from oscar_referrals.rewards.models import (
    CreditUse,
    LedgerAccount,
    LedgerEntry,
    OutsideSettlement,
    Posting,
    Reward,
    SetOff,
)
from oscar_referrals.sharing.counts import TouchCount
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.share_models import Material, Share, ShareText
from oscar_referrals.upkeep.models import JobRun

__all__ = [
    "Advocate",
    "Assignment",
    "Claim",
    "CreditUse",
    "Decision",
    "DraftTerms",
    "ForbiddenPhrase",
    "Incentive",
    "IncentiveAmount",
    "IncentiveProduct",
    "IncentiveTier",
    "JobRun",
    "KnownOrder",
    "LateClaim",
    "LastMail",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerSnapshot",
    "Limit",
    "Material",
    "MessagePreference",
    "MessageSwitch",
    "OutboxMessage",
    "OutsideSettlement",
    "Pin",
    "Posting",
    "Program",
    "ProgramVersion",
    "ProvedAddress",
    "Referral",
    "ReferralCode",
    "Reward",
    "RewardPreference",
    "SetOff",
    "Share",
    "ShareText",
    "StatementWaiver",
    "SnapshotBalance",
    "SnapshotLapsed",
    "TermsAcceptance",
    "TermsVersion",
    "Touch",
    "TouchCount",
    "WaiverWithdrawal",
]
