"""How far an advocate is from the next reward for a number of successful referrals.

Asked of the functions that `settle` itself goes by: what would the next referral earn, the one
after it, and so on? So a bar on a page fills exactly when the reward is made. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.tiers import in_tier
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import GOALS, Case, occasions_of


@dataclass(frozen=True, kw_only=True)
class Step:
    """The next goal of one incentive."""

    #: What is earned there, or worth another value from there on, with its figures then.
    incentive: Incentive
    figures: IncentiveAmount | None
    #: The how manieth successful referral of the advocate reaches it, and the last one before it.
    goal: int
    start: int
    done: int
    #: From `goal` on every referral is worth something else; else a reward is due once there.
    is_tier: bool = False

    @property
    def missing(self) -> int:
        """How many more successful referrals it takes; at least 1."""
        return self.goal - self.done

    @property
    def reached(self) -> int:
        """How many of `needed` are done."""
        return self.done - self.start

    @property
    def needed(self) -> int:
        """From the goal before to this one."""
        return self.goal - self.start


def next_steps(
    version: ProgramVersion,
    *,
    advocate: int,
    successful: int,
    rewards: Iterable[Reward] = (),
    preferred: frozenset[int] = frozenset(),
) -> list[Step]:
    """The nearest goal of each incentive of the advocate's, nearest first.

    ``successful`` is the number of successful referrals now, ``rewards`` what the advocate has got
    so far, with their incentives: a goal that was reached once is not reached again. Alternatives
    count as one: the preferred of them, else the first. Figures are those of the first currency. No
    query where incentives, amounts and tiers are loaded.
    """
    own = [reward for reward in rewards if reward.program_id == version.program_id]
    found = []
    for incentive in _one_of_each(version, preferred):
        figures = next(iter(incentive.amounts.all()), None)
        step = (
            _goal(incentive, figures, advocate, successful, own)
            if incentive.trigger in GOALS
            else _tier(incentive, figures, successful)
        )
        found += [step] if step is not None else []
    return sorted(found, key=lambda step: (step.goal, step.incentive.pk or 0))


def _one_of_each(version: ProgramVersion, preferred: frozenset[int]) -> list[Incentive]:
    own = [item for item in version.incentives.all() if item.side == Incentive.Side.ADVOCATE]
    chosen: dict[str, Incentive] = {}
    for incentive in own:
        alone = "" if incentive.choice else str(incentive.pk)
        key = f"{incentive.trigger}:{incentive.number}:{incentive.choice}:{alone}"
        if key not in chosen or incentive.pk in preferred:
            chosen[key] = incentive
    return list(chosen.values())


def _goal(
    incentive: Incentive,
    figures: IncentiveAmount | None,
    advocate: int,
    successful: int,
    rewards: Iterable[Reward],
) -> Step | None:
    known = frozenset(
        (incentive.pk, reward.source)
        for reward in rewards
        if reward.incentive is not None
        and reward.side == incentive.side
        and reward.incentive.trigger == incentive.trigger
        and reward.incentive.number == incentive.number
    )

    def earned(count: int, ordinal: int | None) -> set[str]:
        case = Case(
            referral=0,
            advocate=advocate,
            ordinal=ordinal,
            successful=count,
            known=known,
        )
        due = occasions_of(incentive, case)
        return {occasion.source for occasion in due if not occasion.why_not}

    already = earned(successful, None)
    size = incentive.number or 1
    # A goal lies at most its own number ahead, be it a milestone or the next of a row.
    for ordinal in range(successful + 1, successful + size + 1):
        if earned(ordinal, ordinal) - already:
            is_row = incentive.trigger == Incentive.Trigger.EVERY_NTH
            return Step(
                incentive=incentive,
                figures=figures,
                goal=ordinal,
                start=ordinal - size if is_row else 0,
                done=successful,
            )
    return None


def _tier(incentive: Incentive, figures: IncentiveAmount | None, successful: int) -> Step | None:
    now = _worth(*in_tier(incentive, figures, successful + 1))
    last = max((tier.from_number for tier in incentive.tiers.all()), default=0)
    for ordinal in range(successful + 2, last + 1):
        better, with_figures = in_tier(incentive, figures, ordinal)
        if _worth(better, with_figures) != now:
            return Step(
                incentive=better,
                figures=with_figures,
                goal=ordinal,
                start=0,
                done=successful,
                is_tier=True,
            )
    return None


def _worth(incentive: Incentive, figures: IncentiveAmount | None) -> tuple[object, object]:
    return incentive.percent, figures.value if figures is not None else None
