"""What earns a reward: one file per trigger, each a pure answer to "how often, and for what?"."""

from __future__ import annotations

from collections.abc import Mapping

from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.occasions.base import Case, Occasion, Placed, Trigger
from oscar_referrals.rewards.occasions.every_nth import EveryNth
from oscar_referrals.rewards.occasions.first_order import FirstOrder
from oscar_referrals.rewards.occasions.milestone import Milestone
from oscar_referrals.rewards.occasions.nth_order import NthOrder
from oscar_referrals.rewards.occasions.order_over import OrderOver
from oscar_referrals.rewards.occasions.sign_up import SignUp

__all__ = ["FOLLOWING", "GOALS", "Case", "Occasion", "Placed", "occasions_of"]

TRIGGERS: Mapping[str, Trigger] = {
    Incentive.Trigger.FIRST_ORDER: FirstOrder(),
    Incentive.Trigger.SIGN_UP: SignUp(),
    Incentive.Trigger.NTH_ORDER: NthOrder(),
    Incentive.Trigger.ORDER_OVER: OrderOver(),
    Incentive.Trigger.MILESTONE: Milestone(),
    Incentive.Trigger.EVERY_NTH: EveryNth(),
}
#: Triggers that later orders of the friend matter to.
FOLLOWING = frozenset({Incentive.Trigger.NTH_ORDER.value, Incentive.Trigger.ORDER_OVER.value})
#: Triggers that the number of an advocate's successful referrals matters to.
GOALS = frozenset({Incentive.Trigger.MILESTONE.value, Incentive.Trigger.EVERY_NTH.value})


def occasions_of(incentive: Incentive, case: Case) -> list[Occasion]:
    """What of the case earns the incentive's reward, or once did. Pure.

    Reads nothing of the incentive but its own fields and its loaded ``amounts``.
    """
    return TRIGGERS[incentive.trigger].occasions(incentive, case)
