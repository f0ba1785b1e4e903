"""What a reward must be, given what is known now. Pure: plain data in, plain data out.

`settle` asks this again whenever something may have changed and posts only the difference, so no
event has a handler of its own: late, repeated and reordered events end in the same answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.figures import with_figures
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.refunds import lost_by_refund
from oscar_referrals.rewards.verdict import Credit, RewardFacts, Rules, Target

HoldFrom = ProgramVersion.HoldFrom

#: Raised whenever `target_of` or `credit_of` would answer otherwise for the same facts, and when
#: more of them are stored. Since 5: all that `replay_kinds` asks for. Since 6: what was settled
#: outside the shop.
RULE_VERSION = 6

#: An order that is not known to be paid, or sent, is looked at again this often: a shop may change
#: it in a way that Oscar sends no signal for.
LOOK_AGAIN = timedelta(days=1)
#: After this long such an order is only looked at when something happens to it.
GIVE_UP_LOOKING = timedelta(days=90)

#: A referral was let go because of what happened to its order, so the order can bring it back.
BY_ORDER = frozenset({reasons.ORDER_CANCELLED, reasons.ORDER_REFUNDED, reasons.ALREADY_REFERRED})


def credit_of(current: Credit, order: OrderFacts) -> Credit:
    """Does the referral count, given its order now?

    A cancelled or fully refunded order lets the friend be referred again; the same order come back
    to life is credited again, if nobody else has been credited for this friend meanwhile (which
    only the database knows: `settle` tries).
    """
    if not order.exists or current.state == Referral.State.REFUSED:
        return current
    if current.state == Referral.State.BOUND:
        if order.undone:
            return Credit(state=Referral.State.RELEASED, reason=order.undone)
        return current
    if current.reason in BY_ORDER and not order.undone:
        return Credit(state=Referral.State.BOUND, reason=reasons.FIRST_ORDER)
    return current


def target_of(
    reward: RewardFacts,
    order: OrderFacts,
    spending: OrderFacts | None,
    rules: Rules,
    now: datetime,
) -> Target:
    """What the reward must be. ``spending`` is the order it was spent with, if there is one."""
    if rules.at_till:
        return _friends(reward, order, rules)
    why_not = (
        rules.refusal
        or order.undone
        or lost_by_refund(order, rules.refunds)
        or (reasons.ADJUSTED if reward.adjusted < 0 and reward.amount <= 0 else "")
    )
    target = _earned(reward, order, spending, rules, why_not, now)
    return with_figures(reward, order, target, rules, why_not, now)


def _friends(reward: RewardFacts, order: OrderFacts, rules: Rules) -> Target:
    """The friend's discount was given with the order: it stands or falls with it."""
    if order.undone:
        return Target(state=Reward.State.REVERSED, reason=order.undone)
    if not order.exists and reward.state:
        return Target(state=reward.state, reason=reward.reason)
    return Target(state=Reward.State.REDEEMED, reason=rules.refusal or reasons.FIRST_ORDER)


def _earned(
    reward: RewardFacts,
    order: OrderFacts,
    spending: OrderFacts | None,
    rules: Rules,
    why_not: str,
    now: datetime,
) -> Target:
    if reward.settled:
        # It left the shop as money or goods: what undoes the order makes it a clawback.
        return _issued(reward, Reward.State.REDEEMED, why_not or reasons.SETTLED_OUTSIDE)
    unspent = reward.spent and spending is not None and bool(spending.undone)
    if reward.spent and not unspent:
        # What was spent was given. If it should not have been, later rewards are set off.
        return _issued(reward, Reward.State.REDEEMED, why_not or reasons.SPENT)
    if reward.state == Reward.State.EXPIRED and not _lives_again(reward, rules, why_not, now):
        return _issued(reward, Reward.State.EXPIRED, reward.reason, unspent=unspent)
    if why_not:
        return _withdrawn(reward, why_not, unspent=unspent)
    if reward.available_at is not None:
        return _spendable(reward, order, rules, now, unspent=unspent)
    return _waiting(reward, order, rules, now)


def _lives_again(reward: RewardFacts, rules: Rules, why_not: str, now: datetime) -> bool:
    """An expired reward stays expired, unless staff gave it more time or a part was spent of it."""
    extended = (
        reward.reason == reasons.EXPIRED
        and reward.expires_at is not None
        and now < reward.expires_at
        and not rules.erased
    )
    return extended or (reward.divisible and bool(why_not))


def _spendable(
    reward: RewardFacts, order: OrderFacts, rules: Rules, now: datetime, *, unspent: bool
) -> Target:
    """A reward that was issued once: it lives until it is spent, expires or its order is undone."""
    if not order.exists and reward.state == Reward.State.REVERSED:
        return _issued(reward, Reward.State.REVERSED, reward.reason)
    if reward.expires_at is not None and now >= reward.expires_at:
        return _issued(reward, Reward.State.EXPIRED, reasons.EXPIRED, unspent=unspent)
    if rules.erased:
        return _issued(reward, Reward.State.EXPIRED, reasons.ACCOUNT_ERASED, unspent=unspent)
    if unspent or reward.state == Reward.State.REDEEMED:
        reason = reasons.RESTORED
    elif reward.state == Reward.State.EXPIRED:
        reason = reasons.EXTENDED
    else:
        known = reward.state == Reward.State.AVAILABLE
        reason = reward.reason if known else rules.earned_by or reasons.PAID
    return _issued(
        reward, Reward.State.AVAILABLE, reason, unspent=unspent, due_at=reward.expires_at
    )


def _waiting(reward: RewardFacts, order: OrderFacts, rules: Rules, now: datetime) -> Target:
    """A reward that was never issued: paid, sent if the version asks for that, held, accepted."""
    if rules.erased:
        return _withdrawn(reward, reasons.ACCOUNT_ERASED)
    if not order.exists:
        # Before the reward was due nobody can say any more that it was earned.
        known = reward.state == Reward.State.VOIDED
        return _withdrawn(reward, reward.reason if known else rules.if_gone)
    if reward.settlement_asked:
        # It may have been paid already: nobody gets it before that is decided.
        return Target(
            state=Reward.State.PENDING,
            reason=reasons.SETTLEMENT_ASKED,
            hold_until=reward.hold_until,
        )
    if not order.paid:
        looking = now < reward.created_at + GIVE_UP_LOOKING
        return Target(
            state=Reward.State.PENDING,
            reason=reasons.ORDER_UNPAID if order.payment_known else reasons.NO_PAYMENT_FACTS,
            due_at=now + LOOK_AGAIN if looking else None,
        )
    unsent = _unsent(order, rules)
    if unsent:
        looking = now < reward.created_at + GIVE_UP_LOOKING
        return Target(
            state=Reward.State.PENDING, reason=unsent, due_at=now + LOOK_AGAIN if looking else None
        )
    hold_until = reward.hold_until or _hold_begins(order, rules, now) + rules.hold
    if now < hold_until:
        return Target(
            state=Reward.State.PENDING,
            reason=rules.earned_by or reasons.HOLD,
            hold_until=hold_until,
            due_at=hold_until,
        )
    if not rules.has_account:
        looking = now < reward.created_at + GIVE_UP_LOOKING
        return Target(
            state=Reward.State.PENDING,
            reason=reasons.NO_ACCOUNT,
            hold_until=hold_until,
            due_at=now + LOOK_AGAIN if looking else None,
        )
    if not rules.joined:
        return Target(
            state=Reward.State.PENDING, reason=reasons.TERMS_NOT_ACCEPTED, hold_until=hold_until
        )
    # The clock of its validity starts when it can be used, not when it was due.
    expires_at = now + rules.validity if rules.validity is not None else None
    return Target(
        state=Reward.State.AVAILABLE,
        reason=rules.earned_by or reasons.PAID,
        hold_until=hold_until,
        available_at=now,
        expires_at=expires_at,
        due_at=expires_at,
    )


def _unsent(order: OrderFacts, rules: Rules) -> str:
    """Why the hold of a paid order can't begin yet, as a reason code; empty if it can."""
    if rules.hold_from == HoldFrom.SHIPMENT and order.shipped_at is None:
        return reasons.ORDER_NOT_SHIPPED if order.shipment_known else reasons.NO_SHIPPING_FACTS
    if rules.hold_from == HoldFrom.DELIVERY and order.delivered_at is None:
        return reasons.ORDER_NOT_DELIVERED if order.delivery_known else reasons.NO_SHIPPING_FACTS
    return ""


def _hold_begins(order: OrderFacts, rules: Rules, now: datetime) -> datetime:
    """With the payment, or with what the version names, whichever comes later."""
    begins = order.paid_at or now
    if rules.hold_from == HoldFrom.SHIPMENT and order.shipped_at is not None:
        return max(begins, order.shipped_at)
    if rules.hold_from == HoldFrom.DELIVERY and order.delivered_at is not None:
        return max(begins, order.delivered_at)
    return begins


def _issued(
    reward: RewardFacts,
    state: str,
    reason: str,
    *,
    unspent: bool = False,
    due_at: datetime | None = None,
) -> Target:
    return Target(
        state=state,
        reason=reason,
        hold_until=reward.hold_until,
        available_at=reward.available_at,
        expires_at=reward.expires_at,
        unspent=unspent,
        due_at=due_at,
    )


def _withdrawn(reward: RewardFacts, reason: str, *, unspent: bool = False) -> Target:
    """Nothing is owed: voided if it was never issued, else reversed (its dates are kept)."""
    if reward.available_at is None:
        return Target(state=Reward.State.VOIDED, reason=reason)
    return _issued(reward, Reward.State.REVERSED, reason, unspent=unspent)
