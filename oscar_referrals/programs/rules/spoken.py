"""What advocates' rewards are called where a sentence is about all of them."""

from __future__ import annotations

from oscar_referrals.programs.models import Incentive, ProgramVersion

Kind = Incentive.Kind


def earned_kinds(version: ProgramVersion) -> set[str]:
    """The kinds of what is earned, on either side; not the discount at the till."""
    return {incentive.kind for incentive in version.incentives.all() if not incentive.at_till}


def only_vouchers(version: ProgramVersion) -> bool:
    """Every reward that is earned is a discount voucher (or nothing is said yet)."""
    return earned_kinds(version) <= {Kind.VOUCHER.value}


def has_kind(version: ProgramVersion, kind: str) -> bool:
    """Somebody can get something of this kind."""
    return any(incentive.kind == kind for incentive in version.incentives.all())
