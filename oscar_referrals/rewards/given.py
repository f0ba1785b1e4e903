"""Rewards that staff gave: a referral without an order, and one reward without an incentive.

Nothing about an order can take them back. How long they are held and valid stands in the decision
that gave them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from oscar_referrals import conf
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.entitlements import Entitlement
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import Worth
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import Occasion
from oscar_referrals.rewards.verdict import Credit, Rules


def is_given(referral: Referral) -> bool:
    """Staff made it by hand, to give a reward."""
    return not referral.order_number and referral.reason == reasons.GIVEN_BY_STAFF


def entitlements_of_gift(referral: Referral, rewards: list[Reward]) -> list[Entitlement]:
    """Each reward as it was given."""
    return [
        GivenEntitlement(
            referral=referral,
            incentive=cast(Any, None),
            kind=kind_of(reward.kind),
            occasion=Occasion(
                source=reward.source,
                currency=reward.currency,
                since=reward.created_at,
                reason=reasons.GIVEN_BY_STAFF,
            ),
            reward=reward,
            worth=Worth(unit=reward.unit, amount=reward.amount),
            refusal="",
        )
        for reward in rewards
    ]


@dataclass(frozen=True, kw_only=True)
class GivenEntitlement(Entitlement):
    """A reward that no incentive promised."""

    @property
    def at_till(self) -> bool:
        """It is no discount of the friend's."""
        return False

    @property
    def of_friend(self) -> bool:
        """It is its owner's, whoever that is."""
        return False

    @property
    def limited(self) -> bool:
        """Limits don't keep staff from giving; what was given counts towards them all the same."""
        return False

    def rules(self, credit: Credit) -> Rules:
        """The hold and the validity that staff chose; nobody need have joined."""
        hold, validity = _terms_of(self.reward)
        return Rules(
            hold=hold,
            validity=validity,
            earned_by=self.occasion.reason,
            erased=self.referral.advocate.user_id is None,
            write_off_after=conf.get().CLAWBACK_WRITE_OFF,
        )


def _terms_of(reward: Reward | None) -> tuple[timedelta, timedelta | None]:
    """Hold and validity. A query only while it has not been available."""
    if reward is None or reward.available_at is not None:
        return timedelta(0), None
    given = Decision.objects.filter(
        referral=reward.referral_id, subject=reward.key, reason=reasons.GIVEN_BY_STAFF
    )
    inputs = given.order_by("pk").values_list("inputs", flat=True)[0]
    days = inputs["validity_days"]
    return timedelta(days=inputs["hold_days"]), timedelta(days=days) if days else None
