"""Which rewards a referral calls for, and what each is worth under the version it is pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.earning import Hold
from oscar_referrals.programs.rules.voucher import Validity
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import RewardKind, Use, Worth
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.target import Credit, Rules

#: Any moment will do to turn a rule's "until when" into a period.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """One incentive of the version, applied to one referral."""

    referral: Referral
    incentive: Incentive
    kind: RewardKind
    #: The row it has already.
    reward: Reward | None
    worth: Worth
    #: Why it earns nothing whatever happens to the order; empty when it can.
    refusal: str

    @property
    def key(self) -> str:
        """The business key of the reward, and of its first entry in the books."""
        return f"reward:{self.business}"

    @property
    def business(self) -> str:
        """The fact that is rewarded: the order, the incentive, the side."""
        return f"{self.referral.order_number}:{self.incentive.pk}:{self.incentive.side}"

    @property
    def is_friends(self) -> bool:
        """It is the discount that the friend has had already."""
        return self.incentive.side == Incentive.Side.FRIEND

    def rules(self, credit: Credit) -> Rules:
        """What `target_of` needs to know besides the order."""
        version, advocate = self.referral.version, self.referral.advocate
        expires_at = Validity(self.incentive).expires_at(MOMENT)
        counts = credit.state == Referral.State.BOUND
        return Rules(
            side=self.incentive.side,
            hold=Hold(version).until(MOMENT) - MOMENT,
            validity=expires_at - MOMENT if expires_at else None,
            refusal=self.refusal if counts else credit.reason,
            joined=has_accepted(advocate, self.referral.created_at),
            erased=advocate.user_id is None,
        )

    def use(self, spent: int | None) -> Use | None:
        """How a discount of ``spent`` minor units used it up; None if it was not spent."""
        if self.is_friends:
            return Use(used=self.worth.amount)
        return None if spent is None else self.kind.redeem(worth=self.worth, spent=spent)

    def new_reward(self) -> Reward:
        """The row of this entitlement, not saved yet."""
        referral = self.referral
        of_advocate = not self.is_friends
        return Reward(
            key=self.key,
            program=referral.program,
            referral=referral,
            incentive=self.incentive,
            side=self.incentive.side,
            advocate=referral.advocate if of_advocate else None,
            owner_id=referral.advocate.user_id if of_advocate else None,
            kind=self.incentive.kind,
            unit=self.worth.unit,
            amount=self.worth.amount,
            currency=referral.currency,
            created_at=referral.created_at,
        )


def has_accepted(advocate: Advocate, earned_at: datetime) -> bool:
    """Has the advocate accepted the terms for what was earned then? Leaving ends that for later."""
    left_before = advocate.left_at is not None and advocate.left_at <= earned_at
    return advocate.joined_at is not None and not left_before


def entitlements_of(referral: Referral, rewards: list[Reward]) -> list[Entitlement]:
    """What the referral calls for: all that has a row, and all that should get one.

    A refused referral earns the advocate nothing and gets no row for it: its decision says why. The
    friend's discount gets one if there was any, credited or not.
    """
    known = {reward.incentive_id: reward for reward in rewards}
    refused = referral.state == Referral.State.REFUSED
    found = []
    for incentive in referral.version.incentives.prefetch_related("amounts").order_by("pk"):
        incentive.version = referral.version
        friends = incentive.side == Incentive.Side.FRIEND
        wanted = referral.friend_discount > 0 if friends else not refused
        if wanted or incentive.pk in known:
            make = _friends if friends else _earned
            found.append(make(referral, incentive, known.get(incentive.pk)))
    return found


def _friends(referral: Referral, incentive: Incentive, reward: Reward | None) -> Entitlement:
    return Entitlement(
        referral=referral,
        incentive=incentive,
        kind=kind_of(incentive.kind),
        reward=reward,
        worth=Worth(unit=referral.currency, amount=referral.friend_discount),
        refusal="",
    )


def _earned(referral: Referral, incentive: Incentive, reward: Reward | None) -> Entitlement:
    kind = kind_of(incentive.kind)
    figures = _figures(incentive, referral.currency)
    worth = kind.earn(incentive=incentive, figures=figures, currency=referral.currency)
    return Entitlement(
        referral=referral,
        incentive=incentive,
        kind=kind,
        reward=reward,
        worth=worth or Worth(unit=referral.currency, amount=0),
        refusal="" if worth else reasons.CURRENCY_NOT_OFFERED,
    )


def _figures(incentive: Incentive, currency: str) -> IncentiveAmount | None:
    for figures in incentive.amounts.all():
        if figures.currency == currency:
            return figures
    return None
