"""The figures of one reward, each with the way to the entries of the books behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from oscar_referrals.rewards.models import LedgerAccount, Reward

Kind = LedgerAccount.Kind
State = Reward.State

#: The account on which what is left of a reward stands, by its state.
LEFT_IN = {State.PENDING: Kind.PENDING, State.AVAILABLE: Kind.AVAILABLE}


@dataclass(frozen=True)
class Figure:
    """An amount in minor units of ``unit`` (or pieces), and where its entries are."""

    label: str
    amount: int
    unit: str
    url: str


def figures_of(reward: Reward) -> list[Figure]:
    """What was promised, what became of it and what is left; only what is not zero."""
    unit, currency = reward.unit, reward.currency
    left = reward.left if reward.state in LEFT_IN else 0
    spent = reward.used or (reward.spent_amount or 0)
    spent_unit = unit if reward.used else currency
    settled = reward.settled_amount or 0
    every: list[tuple[Any, int, str, str | None]] = [
        (_("Promised"), reward.amount, unit, Kind.EXPENSE),
        (_("Adjusted by staff"), reward.adjusted, unit, Kind.EXPENSE),
        (_("Taken back"), -reward.reduced, unit, Kind.EXPENSE),
        (_("Owed in all"), reward.net, unit, Kind.EXPENSE),
        (_("Set off against earlier rewards"), -reward.netted, currency, Kind.CLAWBACK),
        (_("In a basket"), reward.reserved, unit, Kind.RESERVED),
        (_("Used"), spent, spent_unit, Kind.REDEEMED),
        (Kind.SETTLED.label, settled, currency, Kind.SETTLED),
        (_("Left"), left, unit, LEFT_IN.get(State(reward.state))),
        (_("Clawback"), reward.clawback, currency, Kind.CLAWBACK),
        (_("Clawback written off"), reward.written_off, currency, Kind.WRITE_OFF),
    ]
    return [
        Figure(str(label), amount, of_unit, _url(reward, kind))
        for label, amount, of_unit, kind in every
        if amount
    ]


def _url(reward: Reward, kind: str | None) -> str:
    query: dict[str, Any] = {"reward": reward.pk}
    if kind is not None:
        query["account"] = str(kind)
    return f"{reverse('oscar_referrals_dashboard:referrals-ledger-list')}?{urlencode(query)}"
