"""The inputs of a decision about a reward, as they are stored with it and as they come back."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.refunds import RefundRules
from oscar_referrals.rewards.target import target_of
from oscar_referrals.rewards.verdict import RewardFacts, Rules, Target

Data = TypeVar("Data", RewardFacts, OrderFacts, Rules)


def as_inputs(
    reward: RewardFacts, order: OrderFacts, spending: OrderFacts | None, rules: Rules, now: datetime
) -> dict[str, Any]:
    """The arguments of `target_of` as plain JSON."""
    return {
        "reward": _plain(reward),
        "order": _plain(order),
        "spending": _plain(spending) if spending else None,
        "rules": _plain(rules),
        "now": now.isoformat(),
    }


def replay(inputs: dict[str, Any]) -> Target:
    """What `target_of` answers for stored inputs: the same as then, while its RULE_VERSION is."""
    spending = inputs["spending"]
    return target_of(
        _data(RewardFacts, inputs["reward"]),
        _data(OrderFacts, inputs["order"]),
        _data(OrderFacts, spending) if spending else None,
        _data(Rules, inputs["rules"]),
        datetime.fromisoformat(inputs["now"]),
    )


def reward_facts(inputs: dict[str, Any]) -> RewardFacts:
    """What the reward was before the decision."""
    return _data(RewardFacts, inputs["reward"])


def _plain(data: RewardFacts | OrderFacts | Rules) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in asdict(data).items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.days
    return value


def _data(kind: type[Data], plain: dict[str, Any]) -> Data:
    values = {}
    for field in fields(kind):
        if field.name not in plain:
            # Decided under an earlier rule version, that did not ask for it.
            continue
        value = plain[field.name]
        if field.type == RefundRules.__name__:
            value = RefundRules(**value)
        elif value is not None and "datetime" in str(field.type):
            value = datetime.fromisoformat(value)
        elif value is not None and "timedelta" in str(field.type):
            value = timedelta(days=value)
        values[field.name] = value
    return kind(**values)
