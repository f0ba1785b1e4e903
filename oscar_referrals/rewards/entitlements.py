"""Which rewards a referral calls for, and what each is worth under the version it is pinned to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from oscar_referrals import conf
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.choices import groups_of
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules.earning import Hold
from oscar_referrals.programs.rules.voucher import Validity
from oscar_referrals.programs.tiers import in_tier
from oscar_referrals.rewards.beneficiary import Beneficiary, advocates_own, friends_own
from oscar_referrals.rewards.choose import Chosen, rewarded
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import RewardKind, Worth
from oscar_referrals.rewards.locked import HAS_TIERS
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import Case, Occasion
from oscar_referrals.rewards.refunds import RefundRules
from oscar_referrals.rewards.verdict import Credit, Rules

HoldFrom = ProgramVersion.HoldFrom

#: Any moment will do to turn a rule's "until when" into a period.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """One incentive of the version, applied to one occasion of a referral."""

    referral: Referral
    incentive: Incentive
    kind: RewardKind
    #: What earns it.
    occasion: Occasion
    #: The row it has already.
    reward: Reward | None
    worth: Worth
    #: Why it earns nothing whatever happens to the order; empty when it can.
    refusal: str
    #: The incentive that the business is named by: of alternatives always the same one, so that
    #: the unique keys of rewards and books let no occasion be rewarded with two of them.
    named_by: int | None = None
    #: Which of several alternatives it is, and why; None once there is a row, or without a choice.
    chosen: Chosen | None = None
    #: The how manieth successful referral it is worth this for; None where there are no tiers.
    number: int | None = None

    @property
    def source(self) -> str:
        """The name of what earns it: an order's number, or of another occasion."""
        return self.occasion.source

    @property
    def key(self) -> str:
        """The business key of the reward, and of its first entry in the books."""
        return f"reward:{self.business}"

    @property
    def business(self) -> str:
        """The fact that is rewarded: the occasion, the incentive (or its choice), the side."""
        source = self.source
        if self.referral.replaces_id is not None:
            # The referral that it replaces has had the name; no other can replace that one.
            source = f"{source}+{self.referral.pk}"
        return f"{source}:{self.named_by or self.incentive.pk}:{self.incentive.side}"

    @property
    def at_till(self) -> bool:
        """It is the discount that the friend has had already."""
        return self.incentive.at_till

    @property
    def limited(self) -> bool:
        """It has to fit the caps and the budget of its version."""
        return True

    def rules(self, credit: Credit) -> Rules:
        """What `target_of` needs to know besides the order."""
        version, occasion, owner = self.referral.version, self.occasion, self.beneficiary
        expires_at = Validity(self.incentive).expires_at(MOMENT)
        hold = Hold(version).until(MOMENT) - MOMENT
        return Rules(
            at_till=self.at_till,
            hold=hold if occasion.held else timedelta(0),
            hold_from=version.hold_from if occasion.placed else HoldFrom.PAYMENT,
            validity=expires_at - MOMENT if expires_at else None,
            refusal=self._refusal(credit),
            joined=self.of_friend or has_accepted(owner.advocate, self.earned_at),
            erased=owner.erased,
            has_account=owner.owner_id is not None,
            earned_by=occasion.reason,
            if_gone=occasion.if_gone,
            refunds=self._refund_rules(),
            write_off_after=conf.get().CLAWBACK_WRITE_OFF,
        )

    @property
    def earned_at(self) -> datetime:
        """When that which earns it happened: what was accepted by then counts."""
        if self.reward is not None:
            return self.reward.created_at
        return self.occasion.happened_at or self.referral.created_at

    @property
    def hold_until(self) -> datetime | None:
        """What the row remembers of the hold, unless another order may have come in between."""
        if self.reward is None:
            return None
        forget = self.occasion.movable and self.reward.available_at is None
        return None if forget and self.occasion.facts.paid_at else self.reward.hold_until

    @property
    def of_friend(self) -> bool:
        """It is earned by the friend, and not the discount that came with the first order."""
        return self.incentive.side == Incentive.Side.FRIEND and not self.at_till

    @cached_property
    def beneficiary(self) -> Beneficiary:
        """Whose it is; of a friend it costs queries."""
        if not self.of_friend:
            return advocates_own(self.referral)
        return friends_own(self.referral, self.reward.advocate if self.reward else None)

    def _refusal(self, credit: Credit) -> str:
        """What stands on the referral falls with it; other facts fall only with a refusal.

        A number of referrals is a fact about all of them: only the number decides about it.
        """
        if self.occasion.of_count:
            return self.refusal or self.occasion.why_not
        counts = credit.state == Referral.State.BOUND
        refused = credit.state == Referral.State.REFUSED or credit.reason == reasons.REASSIGNED
        if refused or (self.occasion.of_referral and not counts):
            return credit.reason
        return self.refusal or self.occasion.why_not

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
        placed = self.occasion.placed
        if placed is None:
            return None
        if self.referral.version.below_minimum == ProgramVersion.BelowMinimum.KEEP:
            return None
        own = figures_in(self.incentive, self.occasion.currency)
        is_first = placed.number == self.referral.order_number
        minimum = max(self._minimum_at_till() if is_first else 0, own.threshold if own else 0)
        # The minimum counts the goods before the discount.
        return max(0, placed.goods - minimum) if minimum else None

    def _minimum_at_till(self) -> int:
        for incentive in self.incentive.version.incentives.all():
            figures = figures_in(incentive, self.referral.currency) if incentive.at_till else None
            if figures is not None and self.referral.discount_of(incentive):
                return figures.minimum
        return 0

    def new_reward(self) -> Reward:
        """The row of this entitlement, not saved yet."""
        referral = self.referral
        owner = None if self.at_till else self.beneficiary
        return Reward(
            key=self.key,
            source=self.source,
            program=referral.program,
            referral=referral,
            incentive=self.incentive,
            side=self.incentive.side,
            advocate=owner.advocate if owner else None,
            owner_id=owner.owner_id if owner else None,
            kind=self.incentive.kind,
            unit=self.worth.unit,
            amount=self.worth.amount,
            percent=self.worth.percent,
            currency=self.occasion.currency,
            created_at=self.earned_at,
        )


def has_accepted(advocate: Advocate, earned_at: datetime) -> bool:
    """Has the advocate accepted the terms for what was earned then? Leaving ends that for later."""
    left_before = advocate.left_at is not None and advocate.left_at <= earned_at
    return advocate.joined_at is not None and not left_before


def entitlements_of(referral: Referral, rewards: list[Reward], case: Case) -> list[Entitlement]:
    """What the referral calls for: all that has a row, and all that should get one.

    A refused referral earns the advocate nothing and gets no row for it: its decision says why. The
    friend's discount gets one if there was any, credited or not.
    """
    known = {(reward.incentive_id, reward.source): reward for reward in rewards}
    refused = referral.state == Referral.State.REFUSED or referral.reason == reasons.REASSIGNED
    found = []
    for alternatives in groups_of(referral.version):
        for incentive, occasion, chosen in rewarded(alternatives, case):
            reward = known.get((incentive.pk, occasion.source))
            if incentive.at_till:
                wanted = referral.discount_of(incentive) > 0
            else:
                wanted = not refused and not occasion.why_not
            if wanted or reward is not None:
                make = _at_till if incentive.at_till else _earned
                entitlement = make(referral, incentive, occasion, reward, case)
                named_by = min(item.pk for item in alternatives)
                found.append(replace(entitlement, named_by=named_by, chosen=chosen))
    return found


def _at_till(
    referral: Referral, incentive: Incentive, occasion: Occasion, reward: Reward | None, case: Case
) -> Entitlement:
    return Entitlement(
        referral=referral,
        incentive=incentive,
        kind=kind_of(incentive.kind),
        occasion=occasion,
        reward=reward,
        worth=Worth(unit=referral.currency, amount=referral.discount_of(incentive)),
        refusal="",
    )


def _earned(
    referral: Referral, incentive: Incentive, occasion: Occasion, reward: Reward | None, case: Case
) -> Entitlement:
    kind = kind_of(incentive.kind)
    ordinal = case.ordinal or case.successful + 1
    figures = figures_in(incentive, occasion.currency)
    promised = incentive
    number = ordinal if getattr(referral, HAS_TIERS, False) else None
    if number is not None:
        promised, figures = in_tier(incentive, figures, number)
    worth = kind.earn(
        incentive=promised,
        figures=figures,
        currency=occasion.currency,
        basis=occasion.basis,
    )
    return Entitlement(
        referral=referral,
        incentive=incentive,
        kind=kind,
        occasion=occasion,
        reward=reward,
        worth=worth or Worth(unit=occasion.currency, amount=0),
        refusal="" if worth else reasons.CURRENCY_NOT_OFFERED,
        number=number,
    )


def figures_in(incentive: Incentive, currency: str) -> IncentiveAmount | None:
    """The incentive's figures in a currency, from what is loaded."""
    for figures in incentive.amounts.all():
        if figures.currency == currency:
            return figures
    return None
