"""The kinds of rewards, one file each, and how an incentive names its own."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import import_string

from oscar_referrals import conf
from oscar_referrals.rewards.kinds.base import RewardKind

#: The kinds that come with the system; a shop's own is named by its dotted path.
BUILT_IN = {
    "voucher": "oscar_referrals.rewards.kinds.voucher.VoucherKind",
    "credit": "oscar_referrals.rewards.kinds.credit.CreditKind",
}


def offered_kinds() -> list[tuple[str, str]]:
    """Name and label of every kind that an operator can choose."""
    return [(name, str(kind_of(name).label)) for name in (*BUILT_IN, *conf.get().REWARD_KINDS)]


@cache
def kind_of(name: str) -> RewardKind:
    """The kind that `Incentive.kind` names. Raises ImportError for an unknown one."""
    kind: RewardKind = import_string(BUILT_IN.get(name, name))()
    return kind
