"""What becomes of one reward in one settlement: its row, its voucher and who is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from oscar_referrals import signals
from oscar_referrals.rewards.entitlements import Entitlement
from oscar_referrals.rewards.ledger import Booking
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.set_off import Plan
from oscar_referrals.rewards.verdict import Target

State = Reward.State

#: What a change of state is called in the books.
EVENTS = {
    State.PENDING: "earn",
    State.AVAILABLE: "issue",
    State.REDEEMED: "redeem",
    State.VOIDED: "void",
    State.REVERSED: "reverse",
    State.EXPIRED: "expire",
}
#: What the row takes over from the target.
OF_TARGET = (
    "state",
    "reason",
    "hold_until",
    "available_at",
    "expires_at",
    "reduced",
    "reduced_reason",
    "netted",
    "clawback",
    "clawback_since",
    "written_off",
)


@dataclass
class Change:
    """A reward on its way to its target. Nothing is written until `save`."""

    entitlement: Entitlement
    reward: Reward = field(init=False)
    target: Target = field(init=False)
    #: What it pays of earlier rewards' clawbacks, in minor units.
    set_offs: Plan = field(default_factory=list)
    #: What is booked besides what the target calls for.
    losses: list[Booking] = field(default_factory=list)
    #: For the how manieth referral it was given its worth just now; None if it keeps what it had.
    number: int | None = field(init=False)
    _before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        referral = self.entitlement.referral
        self.reward = self.entitlement.reward or self.entitlement.new_reward()
        self.reward.referral, self.reward.program = referral, referral.program
        self.reward.incentive = self.entitlement.incentive
        self._before = self._values()
        self.number = self.entitlement.number if self.entitlement.reward is None else None
        if self.entitlement.reward is not None and not self.entitlement.at_till:
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        """Until it is handed out, it is worth what its occasion is; a guest may have an account."""
        reward, entitlement = self.reward, self.entitlement
        worth = entitlement.worth
        same = (reward.unit, reward.currency) == (worth.unit, entitlement.occasion.currency)
        settled = reward.available_at is not None or reward.settlement_asked
        if not settled and same and not entitlement.refusal:
            reward.amount, self.number = worth.amount, entitlement.number
            if reward.percentage != worth.percent:
                reward.percent = worth.percent
        if entitlement.of_friend and reward.owner_id is None:
            reward.owner_id = entitlement.beneficiary.owner_id

    def keep_worth(self) -> None:
        """Leave it worth what it was before its occasion was looked at again."""
        self.reward.amount, self.reward.percent = self.amount_before, self._before["percent"]
        self.number = None

    @property
    def amount_before(self) -> int:
        """What it was worth before its occasion was looked at again."""
        amount: int = self._before["amount"]
        return amount

    @property
    def changes_worth(self) -> bool:
        """While it waited, it came to be worth something else."""
        before = (self._before["amount"], self._before["percent"])
        if self.reward._state.adding or self.entitlement.at_till:
            return False
        return (self.reward.amount, self.reward.percent) != before

    def as_inputs(self) -> dict[str, Any]:
        """What the decision says of its worth: for which number, and whether that is new."""
        inputs: dict[str, Any] = {} if self.number is None else {"number": self.number}
        return inputs | ({"is_worth_else": True} if self.changes_worth else {})

    @property
    def had_set_offs(self) -> bool:
        """It has paid of others' clawbacks, or others of its own."""
        return bool(self._before["netted"] or self._before["clawback"])

    @property
    def event(self) -> str:
        """The event's name in the books."""
        return EVENTS[State(self.target.state)]

    def apply(self, target: Target) -> None:
        """Put the target on the row, and hand the reward out or take it back."""
        reward = self.reward
        self.target = target
        if self.entitlement.at_till:
            self._apply_friends_discount()
        for name in OF_TARGET:
            setattr(reward, name, getattr(target, name))
        self._fulfil()

    def save(self) -> None:
        """Write the row if it is new or changed."""
        if self.reward._state.adding:
            self.reward.save(force_insert=True)
            return
        after = self._values()
        changed = [name for name, value in after.items() if value != self._before[name]]
        if changed:
            self.reward.save(update_fields=changed)

    def announce(self) -> None:
        """Tell who listens about a new state; a new reason for the same state is no news."""
        state = self.target.state
        if state == self._before["state"]:
            return
        if state == State.PENDING:
            signals.announce(signals.reward_pending, reward=self.reward)
        elif state == State.AVAILABLE:
            signals.announce(signals.reward_available, reward=self.reward)
        elif state == State.REDEEMED:
            signals.announce(signals.reward_redeemed, reward=self.reward)
        else:
            signals.announce(
                signals.reward_withdrawn, reward=self.reward, reason=self.target.reason
            )

    def _values(self) -> dict[str, Any]:
        fields = self.reward._meta.concrete_fields
        return {field.attname: getattr(self.reward, field.attname) for field in fields}

    def _apply_friends_discount(self) -> None:
        """It was spent with the order that earned it, or not at all."""
        reward, referral = self.reward, self.entitlement.referral
        reward.amount = self.entitlement.worth.amount
        spent = self.target.state == State.REDEEMED
        reward.spent_order_number = referral.order_number if spent else ""
        reward.spent_amount = reward.amount if spent else None
        reward.spent_at = referral.created_at if spent else None

    def _fulfil(self) -> None:
        if self.entitlement.at_till:
            return
        kind, reward, state = self.entitlement.kind, self.reward, self.target.state
        news = state != self._before["state"]
        lost = kind.has_voucher and reward.voucher_id is None
        if state == State.AVAILABLE and (news or lost):
            kind.issue(reward=reward)
        elif state == State.REVERSED and news:
            kind.reverse(reward=reward)
        elif state == State.EXPIRED and news:
            kind.expire(reward=reward)
