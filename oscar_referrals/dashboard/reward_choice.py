"""Between what an advocate could choose, and what a reward became."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.rules.choosing import called
from oscar_referrals.rewards.models import Reward


class Alternative(NamedTuple):
    """One of the rewards that were offered, in words."""

    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """What was offered for an occasion, and why it became what it is."""

    alternatives: list[Alternative]
    #: A reason code; empty if no decision says.
    reason: str


def choice_of(reward: Reward, decisions: Iterable[Decision]) -> Choice | None:
    """The choice behind a reward; None, and no query, where there was none."""
    incentive = reward.incentive
    if incentive is None or not incentive.choice:
        return None
    alternatives = Incentive.objects.filter(
        version=incentive.version_id, side=incentive.side, choice=incentive.choice
    )
    loaded = alternatives.select_related("version").prefetch_related("amounts")
    stored = [item.inputs["choice"]["reason"] for item in decisions if "choice" in item.inputs]
    return Choice(
        alternatives=[
            Alternative(words=called(item), is_chosen=item == incentive)
            for item in loaded.order_by("position", "pk")
        ],
        reason=stored[0] if stored else "",
    )
