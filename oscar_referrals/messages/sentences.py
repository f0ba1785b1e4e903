"""Which of a version's own clauses a mail quotes: every sentence about money is one of them."""

from __future__ import annotations

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import ProgramVersion

#: The clauses of a version that tell how a voucher can be used, in the order of `describe`.
HOW_TO_USE = (
    "advocate-owner",
    "advocate-products",
    "advocate-minimum",
    "advocate-maximum",
    "advocate-remainder",
    "advocate-combination",
    "goods-only",
)
#: The same for a voucher for free delivery.
HOW_TO_USE_FOR_DELIVERY = (
    "advocate-owner",
    "advocate-delivery-products",
    "advocate-delivery-minimum",
    "advocate-delivery-combination",
)
#: What somebody who joins wants to know: who gets what, and when.
PROMISES = (
    "friend-value",
    "friend-products",
    "friend-minimum",
    "friend-maximum",
    "friend-reward",
    "friend-delivery-products",
    "friend-delivery-minimum",
    "new-customers",
    "advocate-value",
    "advocate-tier",
    "advocate-reward",
    "advocate-products",
    "advocate-minimum",
    "advocate-maximum",
    "advocate-validity",
    "hold",
    "refund",
    "changes",
)
#: What a friend gets who has taken the offer.
FOR_THE_FRIEND = (
    "friend-value",
    "friend-products",
    "friend-minimum",
    "friend-maximum",
    "friend-reward",
    "friend-delivery-products",
    "friend-delivery-minimum",
    "new-customers",
)
#: What the advocate gets when the friend orders.
FOR_THE_ADVOCATE = ("advocate-value", "advocate-tier", "advocate-reward", "hold")
#: What an order has to meet to count.
CONDITIONS = ("friend-products", "friend-minimum", "new-customers", "refund")
#: Those that tell what a reward waits for, and what would take it away.
WAITS_FOR = ("hold", "refund")


def sentences(
    version: ProgramVersion, keys: tuple[str, ...], currency: str | None = None
) -> list[str]:
    """The version's own clauses with these keys; only what concerns ``currency`` if it is given."""
    clauses = [clause for clause in describe(version) if _is_about(clause.key, keys, currency)]
    return [clause.text for clause in clauses]


def _is_about(key: str, keys: tuple[str, ...], currency: str | None) -> bool:
    """Clauses that differ by currency end in its code, which is in capitals."""
    stem, _dash, tail = key.rpartition("-")
    if tail.isupper():
        return _unnumbered(stem) in keys and currency in (None, tail)
    return _unnumbered(key) in keys


def _unnumbered(key: str) -> str:
    """Where a side has several rewards, their clauses are numbered."""
    stem, _dash, tail = key.rpartition("-")
    return stem if tail.isdigit() else key
