"""What a decision about a reward says: verdict and reason, from what it was and is. Pure."""

from __future__ import annotations

from typing import NamedTuple

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.caps import LIMITED
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.verdict import RewardFacts, Target

State = Reward.State
Verdict = Decision.Verdict

VERDICTS = {
    State.PENDING: Verdict.HELD,
    State.AVAILABLE: Verdict.GRANTED,
    State.REDEEMED: Verdict.GRANTED,
    State.VOIDED: Verdict.REFUSED,
    State.REVERSED: Verdict.REFUSED,
    State.EXPIRED: Verdict.LIMITED,
}


class Said(NamedTuple):
    """A verdict, and the reason code that goes with it."""

    verdict: str
    reason: str


def said_of(facts: RewardFacts, target: Target, *, is_worth_else: bool = False) -> Said:
    """What is said of a reward that was ``facts`` and becomes ``target``.

    ``is_worth_else``: while it waited, it came into another tier; that it waits is no limit.
    """
    same = (facts.state, facts.reason) == (target.state, target.reason)
    only_less = same and not is_worth_else
    is_limited = only_less or target.reason in LIMITED
    return Said(
        Verdict.LIMITED if is_limited else VERDICTS[State(target.state)],
        target.reduced_reason or target.reason if only_less else target.reason,
    )


def said_of_restored(*, before: int, wanted: int, restored: int) -> Said:
    """What is said when an order gives credit back, or takes it again, in minor units.

    ``before`` and ``restored`` are given back by then and now, ``wanted`` is what the order calls
    for: what it still has of the credit although it should not is spent twice.
    """
    back = wanted >= before
    if restored > wanted:
        reason = reasons.SPENT_TWICE
    else:
        reason = reasons.RESTORED if back else reasons.SPENT
    return Said(Verdict.GRANTED if back else Verdict.LIMITED, reason)
