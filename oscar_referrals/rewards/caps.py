"""Whether one more reward fits into the limits of its version. Pure.

A cap with a window holds for every stretch of that length, whichever order the rewards were
settled in: what is asked is how full the fullest stretch around the new reward already is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Limit
from oscar_referrals.rewards.models import Reward

#: How long each window is; None: for ever.
WINDOWS: dict[str, timedelta | None] = {
    Limit.Window.DAY.value: timedelta(hours=24),
    Limit.Window.MONTH.value: timedelta(days=30),
    Limit.Window.YEAR.value: timedelta(days=365),
    Limit.Window.EVER.value: None,
}
#: Why a reward does not count although its order does.
LIMITED = frozenset({reasons.CAP_REACHED, reasons.BUDGET_SPENT})
#: The states in which a reward counts towards a limit, as far as something is left of it.
COUNTED = frozenset(
    {
        Reward.State.PENDING.value,
        Reward.State.AVAILABLE.value,
        Reward.State.REDEEMED.value,
        Reward.State.EXPIRED.value,
    }
)
#: The operator hears when so much of the budget is committed, in percent.
ALERT_AT = 80


@dataclass(frozen=True, kw_only=True)
class Excess:
    """The limit that a reward would exceed. Amounts are numbers of rewards or minor units."""

    reason: str
    scope: str
    window: str
    measure: str
    #: Empty for a number of rewards.
    currency: str
    limit: int
    #: What counts already, in the fullest window around the reward.
    used: int
    wanted: int

    def as_inputs(self) -> dict[str, Any]:
        """As it is stored with the decision."""
        return asdict(self)


def counts(state: str, net: int) -> bool:
    """Does a reward in this state, of which ``net`` is owed, take up room?"""
    return state in COUNTED and net > 0


def limit_of(reason: str, reduced_reason: str) -> str:
    """Why a reward with these reasons is limited, as a whole or in part; empty if it is not."""
    return next((code for code in (reason, reduced_reason) if code in LIMITED), "")


def excess_of(limit: Limit, *, used: int, wanted: int) -> Excess | None:
    """The limit as exceeded by ``wanted`` more; None if that still fits. All or nothing."""
    if used + wanted <= limit.amount:
        return None
    of_program = limit.scope == Limit.Scope.PROGRAM
    return Excess(
        reason=reasons.BUDGET_SPENT if of_program else reasons.CAP_REACHED,
        scope=limit.scope,
        window=limit.window,
        measure=limit.measure,
        currency=limit.currency,
        limit=limit.amount,
        used=used,
        wanted=wanted,
    )


def fullest(given: Sequence[tuple[datetime, int]], *, at: datetime, window: timedelta) -> int:
    """The most that was given in any stretch of ``window`` in which ``at`` lies.

    ``given`` holds moments and amounts in any order; a stretch begins with one of them, or with
    ``at``, and does not contain its own end.
    """
    starts = {at, *(moment for moment, _amount in given if at - window < moment <= at)}
    return max(
        sum(amount for moment, amount in given if start <= moment < start + window)
        for start in starts
    )


def crosses_alert(*, budget: int, before: int, after: int) -> bool:
    """Has the budget just come to the point of which the operator is told?"""
    return before * 100 < budget * ALERT_AT <= after * 100
