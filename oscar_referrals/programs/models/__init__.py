"""WHAT is promised, as rows."""

from __future__ import annotations

from oscar_referrals.programs.models.incentive import (
    Incentive,
    IncentiveAmount,
    IncentiveProduct,
    IncentiveTier,
)
from oscar_referrals.programs.models.limit import Limit
from oscar_referrals.programs.models.program import Program, ProgramVersion
from oscar_referrals.programs.models.statements import (
    ForbiddenPhrase,
    StatementWaiver,
    WaiverWithdrawal,
)
from oscar_referrals.programs.models.terms import DraftTerms, TermsVersion

__all__ = [
    "DraftTerms",
    "ForbiddenPhrase",
    "Incentive",
    "IncentiveAmount",
    "IncentiveProduct",
    "IncentiveTier",
    "Limit",
    "Program",
    "ProgramVersion",
    "StatementWaiver",
    "TermsVersion",
    "WaiverWithdrawal",
]
