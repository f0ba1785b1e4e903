"""A reward, its order and its rules, as the tests of the pure rule's whole answers know them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.refunds import RefundRules
from oscar_referrals.rewards.target import GIVE_UP_LOOKING, target_of
from oscar_referrals.rewards.verdict import RewardFacts, Rules, Target

State = Reward.State
DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEW = RewardFacts(created_at=START, amount=2000)
PLACED = OrderFacts(number="1", currency="MYR", total=10000)
PAID = replace(PLACED, paid=True, paid_at=START)
CANCELLED = replace(PAID, cancelled=True)
GONE = replace(PLACED, exists=False)
RULES = Rules(hold=14 * DAY, validity=90 * DAY)
HOLD_ENDS, EXPIRES = START + 14 * DAY, START + 104 * DAY
AVAILABLE = replace(
    NEW,
    state=State.AVAILABLE,
    reason=reasons.PAID,
    hold_until=HOLD_ENDS,
    available_at=HOLD_ENDS,
    expires_at=EXPIRES,
)
#: What every reward keeps once it was issued.
DATES = {"hold_until": HOLD_ENDS, "available_at": HOLD_ENDS, "expires_at": EXPIRES}
LAST_LOOK = START + GIVE_UP_LOOKING
PROPORTIONAL = replace(RULES, refunds=RefundRules(proportional=True))
CREDIT = replace(AVAILABLE, divisible=True)


def ask(
    reward: RewardFacts,
    order: OrderFacts,
    now: datetime,
    rules: Rules = RULES,
    spending: OrderFacts | None = None,
) -> Target:
    return target_of(reward, order, spending, rules, now)
