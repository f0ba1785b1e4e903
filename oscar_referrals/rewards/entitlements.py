"""Which rewards a referral calls for, and what each is worth under the version it is pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter

from django.db.models import prefetch_related_objects

from oscar_referrals import conf
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules.earning import Hold
from oscar_referrals.programs.rules.voucher import Validity
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import RewardKind, Worth
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.refunds import RefundRules
from oscar_referrals.rewards.verdict import Credit, Rules

#: Any moment will do to turn a rule's "until when" into a period.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """One incentive of the version, applied to one occasion of a referral."""

    referral: Referral
    incentive: Incentive
    kind: RewardKind
    #: What earns it: the order's number.
    source: str
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
        """The fact that is rewarded: the occasion, the incentive, the side."""
        return f"{self.source}:{self.incentive.pk}:{self.incentive.side}"

    @property
    def at_till(self) -> bool:
        """It is the discount that the friend has had already."""
        return self.incentive.at_till

    def rules(self, credit: Credit) -> Rules:
        """What `target_of` needs to know besides the order."""
        version, advocate = self.referral.version, self.referral.advocate
        expires_at = Validity(self.incentive).expires_at(MOMENT)
        counts = credit.state == Referral.State.BOUND
        return Rules(
            at_till=self.at_till,
            hold=Hold(version).until(MOMENT) - MOMENT,
            hold_from=version.hold_from,
            validity=expires_at - MOMENT if expires_at else None,
            refusal=self.refusal if counts else credit.reason,
            joined=has_accepted(advocate, self.referral.created_at),
            erased=advocate.user_id is None,
            refunds=self._refund_rules(),
            write_off_after=conf.get().CLAWBACK_WRITE_OFF,
        )

    def _refund_rules(self) -> RefundRules:
        version = self.referral.version
        percentage = self.incentive.value_type == Incentive.ValueType.PERCENT
        proportional = version.partial_refunds == ProgramVersion.PartialRefunds.PROPORTIONAL
        return RefundRules(
            proportional=proportional or (percentage and self.kind.percent_of_order),
            at_most=self._refundable(),
        )

    def _refundable(self) -> int | None:
        """How much of the order may go back before it is below what it had to come to."""
        if self.referral.version.below_minimum == ProgramVersion.BelowMinimum.KEEP:
            return None
        own = figures_in(self.incentive, self.referral.currency)
        minimum = max(self._minimum_at_till(), own.threshold if own else 0)
        # The minimum counts the goods before the discount.
        goods = basis_of(self.referral) + self.referral.friend_discount
        return max(0, goods - minimum) if minimum else None

    def _minimum_at_till(self) -> int:
        for incentive in self.incentive.version.incentives.all():
            figures = figures_in(incentive, self.referral.currency) if incentive.at_till else None
            if figures is not None and self.referral.friend_discount:
                return figures.minimum
        return 0

    def new_reward(self) -> Reward:
        """The row of this entitlement, not saved yet."""
        referral = self.referral
        earned = not self.at_till
        return Reward(
            key=self.key,
            source=self.source,
            program=referral.program,
            referral=referral,
            incentive=self.incentive,
            side=self.incentive.side,
            advocate=referral.advocate if earned else None,
            owner_id=referral.advocate.user_id if earned else None,
            kind=self.incentive.kind,
            unit=self.worth.unit,
            amount=self.worth.amount,
            currency=referral.currency,
            created_at=referral.created_at,
        )


def basis_of(referral: Referral) -> int:
    """What a percentage of the friend's order is taken of, in minor units (S11)."""
    return referral.order_total if referral.basis is None else referral.basis


def has_accepted(advocate: Advocate, earned_at: datetime) -> bool:
    """Has the advocate accepted the terms for what was earned then? Leaving ends that for later."""
    left_before = advocate.left_at is not None and advocate.left_at <= earned_at
    return advocate.joined_at is not None and not left_before


def entitlements_of(referral: Referral, rewards: list[Reward]) -> list[Entitlement]:
    """What the referral calls for: all that has a row, and all that should get one.

    A refused referral earns the advocate nothing and gets no row for it: its decision says why. The
    friend's discount gets one if there was any, credited or not.
    """
    known = {(reward.incentive_id, reward.source): reward for reward in rewards}
    refused = referral.state == Referral.State.REFUSED
    source = referral.order_number
    prefetch_related_objects([referral.version], "incentives__amounts", "limits")
    found = []
    for incentive in sorted(referral.version.incentives.all(), key=attrgetter("pk")):
        wanted = referral.friend_discount > 0 if incentive.at_till else not refused
        reward = known.get((incentive.pk, source))
        if wanted or reward is not None:
            make = _at_till if incentive.at_till else _earned
            found.append(make(referral, incentive, source, reward))
    return found


def _at_till(
    referral: Referral, incentive: Incentive, source: str, reward: Reward | None
) -> Entitlement:
    return Entitlement(
        referral=referral,
        incentive=incentive,
        kind=kind_of(incentive.kind),
        source=source,
        reward=reward,
        worth=Worth(unit=referral.currency, amount=referral.friend_discount),
        refusal="",
    )


def _earned(
    referral: Referral, incentive: Incentive, source: str, reward: Reward | None
) -> Entitlement:
    kind = kind_of(incentive.kind)
    worth = kind.earn(
        incentive=incentive,
        figures=figures_in(incentive, referral.currency),
        currency=referral.currency,
        basis=basis_of(referral),
    )
    return Entitlement(
        referral=referral,
        incentive=incentive,
        kind=kind,
        source=source,
        reward=reward,
        worth=worth or Worth(unit=referral.currency, amount=0),
        refusal="" if worth else reasons.CURRENCY_NOT_OFFERED,
    )


def figures_in(incentive: Incentive, currency: str) -> IncentiveAmount | None:
    """The incentive's figures in a currency, from what is loaded."""
    for figures in incentive.amounts.all():
        if figures.currency == currency:
            return figures
    return None
