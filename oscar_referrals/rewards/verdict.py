"""What `target_of` is given and what it answers. Plain data: no query, no request, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.refunds import RefundRules


@dataclass(frozen=True, kw_only=True)
class RewardFacts:
    """What the reward's row says, and whether an order has spent it."""

    #: Empty while there is no row yet.
    state: str = ""
    reason: str = ""
    #: When the referral was made; the patience with an unpaid order counts from here.
    created_at: datetime
    hold_until: datetime | None = None
    available_at: datetime | None = None
    expires_at: datetime | None = None
    #: An order was placed with it, by the reward's own row.
    spent: bool = False
    #: Staff have paid it outside the shop; or have asked to, and a second person has not decided.
    settled: bool = False
    settlement_asked: bool = False
    #: Can be spent in parts; then the figures below say how it was.
    divisible: bool = False
    #: What was promised, staff's adjustment included, in the reward's unit.
    amount: int = 0
    #: What staff have added to it; negative if they have taken some away.
    adjusted: int = 0
    #: Of the amount, taken back so far.
    reduced: int = 0
    reduced_reason: str = ""
    #: Its unit is money, so that it can be given in part.
    is_money: bool = True
    netted: int = 0
    reserved: int = 0
    #: What its owner has got out of it so far, in minor units of its currency.
    used: int = 0
    clawback: int = 0
    clawback_since: datetime | None = None
    written_off: int = 0
    #: Of the clawback, paid by later rewards.
    paid_back: int = 0


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the pinned version and the people involved say about the reward."""

    hold: timedelta
    #: What the hold begins with: a value of `ProgramVersion.HoldFrom`. Never before payment.
    hold_from: str = "payment"
    #: How long it can be used once it is available; None for ever.
    validity: timedelta | None
    #: It is the discount that the friend had with the order itself.
    at_till: bool = False
    #: Why nothing is owed whatever the order does; empty when it counts and is within its limits.
    refusal: str = ""
    #: The advocate has accepted the rules.
    joined: bool = True
    #: The advocate's account was deleted.
    erased: bool = False
    #: There is an account that can own it; a guest has none that has proved the address.
    has_account: bool = True
    #: Why it waits and is given, where that is not an order that was paid.
    earned_by: str = ""
    #: What it is called when that which earns it was deleted before it was due.
    if_gone: str = reasons.ORDER_DELETED
    refunds: RefundRules = RefundRules()
    #: No more of it is owed, since more would exceed a limit, whose reason code this is.
    owed_at_most: int | None = None
    limited_by: str = ""
    #: A clawback that nothing was set off against for so long is written off.
    write_off_after: timedelta = timedelta(days=180)


@dataclass(frozen=True, kw_only=True)
class Target:
    """What the reward must be now, why, and when to look again."""

    state: str
    reason: str
    hold_until: datetime | None = None
    available_at: datetime | None = None
    expires_at: datetime | None = None
    #: The order it was spent with was undone: it is no longer spent.
    unspent: bool = False
    #: When time alone may change the answer; None if only an event can.
    due_at: datetime | None = None
    #: Taken back of what was promised, and why; and what of the rest is set off.
    netted: int = 0
    reduced: int = 0
    reduced_reason: str = ""
    #: Spent although it is taken back, in minor units of the currency; and what of it was given up.
    clawback: int = 0
    clawback_since: datetime | None = None
    written_off: int = 0


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Whether the referral counts, and why."""

    state: str
    reason: str
