"""Wiring only: which events owe somebody a mail. They are noted in the event's own transaction."""

from __future__ import annotations

from typing import Any

from oscar_referrals import signals
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import compose, friends
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.outbox import put
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.models import Reward


def connect() -> None:
    """Connect the receivers."""
    for signal, receiver in (
        (signals.advocate_joined, on_joined),
        (signals.reward_pending, on_pending),
        (signals.reward_available, on_available),
        (signals.reward_withdrawn, on_withdrawn),
    ):
        uid = f"oscar_referrals.messages.{receiver.__name__}"
        signals.happening.connect(receiver, sender=signal, dispatch_uid=uid)


def on_joined(advocate: Advocate, **kwargs: Any) -> None:
    """Welcome, once: who leaves and comes back knows the way."""
    put(
        key=f"{compose.JOINED}:{advocate.pk}",
        event=compose.JOINED,
        user=advocate.user,
        language=advocate.language,
        advocate=advocate,
    )


def on_pending(reward: Reward, **kwargs: Any) -> None:
    """The reward is earned and on its way. What staff give is announced later."""
    if reward.incentive_id is not None:
        _tell(reward, compose.FRIEND_ORDERED)


def on_available(reward: Reward, **kwargs: Any) -> None:
    """The reward can be spent."""
    _tell(reward, compose.REWARD_AVAILABLE)


def on_withdrawn(reward: Reward, **kwargs: Any) -> None:
    """A reward that somebody was told of will not come, or is taken back.

    One that expires is no news: the mail that announced it named the day.
    """
    expired = reward.state == Reward.State.EXPIRED
    if not expired and OutboxMessage.objects.filter(reward=reward).exists():
        _tell(reward, compose.REWARD_WITHDRAWN)


def _tell(reward: Reward, event: str) -> None:
    """Owe the mail about the state that the reward has come to, to whose reward it is.

    The friend's discount at the till is nobody's reward: it came off the order.

    A reward may come to a state more than once (withdrawn, then owed again), and each time is one
    occasion. The number of its entries in the books counts them.
    """
    if reward.advocate is None:
        return
    to_friend = reward.side == Incentive.Side.FRIEND
    put(
        key=f"{event}:{reward.key}:{reward.entries.count()}",
        event=compose.event_for(reward, event),
        user=reward.owner if to_friend else reward.advocate.user,
        language=friends.language_of(reward),
        advocate=reward.advocate,
        referral=reward.referral,
        reward=reward,
    )
