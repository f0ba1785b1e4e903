"""The kinds of rewards, one file each, and how an incentive names its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.module_loading import import_string

from oscar_referrals import conf
from oscar_referrals.money import format_number
from oscar_referrals.rewards.kinds.base import RewardKind

#: The kinds that come with the system; a shop's own is named by its dotted path.
BUILT_IN = {
    "voucher": "oscar_referrals.rewards.kinds.voucher.VoucherKind",
    "free_shipping": "oscar_referrals.rewards.kinds.free_shipping.FreeShippingKind",
    "credit": "oscar_referrals.rewards.kinds.credit.CreditKind",
}


def offered_kinds() -> list[tuple[str, str]]:
    """Name and label of every kind that an operator can choose."""
    return [(name, str(kind_of(name).label)) for name in (*BUILT_IN, *conf.get().REWARD_KINDS)]


def count_in_words(unit: str, number: int) -> str:
    """So many pieces of a shop's own kind, as the kind calls them, else the number and the unit."""
    for name in conf.get().REWARD_KINDS:
        pieces = kind_of(name).pieces
        if pieces is not None and pieces[0] == unit:
            plural: Any = pieces[1]
            return str(plural % number)
    return f"{format_number(number)} {unit}"


class UnknownKind(ImportError):
    """A reward is of a kind that the shop's code does not have, or no longer has."""


@cache
def kind_of(name: str) -> RewardKind:
    """The kind that `Incentive.kind` names. Raises UnknownKind, and says what is wrong."""
    path = BUILT_IN.get(name, name)
    try:
        found = import_string(path)
    except ImportError as error:
        raise UnknownKind(
            f"The reward kind {name!r} can't be imported: {error}. Rewards of it are settled once "
            "its class is there again."
        ) from error
    if not (isinstance(found, type) and issubclass(found, RewardKind)):
        raise UnknownKind(f"{path} is no subclass of RewardKind.")
    missing = sorted(getattr(found, "__abstractmethods__", ()))
    if missing:
        raise UnknownKind(f"{path} lacks {', '.join(missing)}.")
    kind: RewardKind = found()
    return kind
