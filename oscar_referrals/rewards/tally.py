"""When a referral is a successful one, and the how manieth of its advocate.

Successful: its own order was paid, the hold is over, and it was not undone. That is the question
whether a reward for the order would be available, so it is `target_of` that answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.merged import family
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import IncentiveTier
from oscar_referrals.programs.rules.earning import Hold
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.locked import HAS_TIERS
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import GOALS, Case
from oscar_referrals.rewards.target import target_of
from oscar_referrals.rewards.verdict import Credit, RewardFacts, Rules

State = Reward.State

#: Whoever has others told of a new number looks again after this whether they heard of it.
ASK_AGAIN = timedelta(hours=1)


class Tally:
    """The count of an advocate's successful referrals, as one settlement changes it.

    Must be used under the lock of the advocate's row. Costs no query in a program in which nothing
    depends on the number.
    """

    def __init__(
        self,
        referral: Referral,
        rewards: list[Reward],
        *,
        order: OrderFacts,
        credit: Credit,
        now: datetime,
    ) -> None:
        self.referral = referral
        self._has_goals = bool(getattr(referral, "program_has_goals", False))
        self._matters = self._has_goals or bool(getattr(referral, HAS_TIERS, False))
        self._tiers_matter = bool(getattr(referral, "program_has_tiers", False))
        self._others = self._count_others() if self._matters or self._tiers_matter else 0
        before = referral.counted_at
        #: When time alone may change the count.
        self.due_at = self._keep_count(rewards, order, credit, now)
        #: The fields of the referral that have to be saved.
        self.changed = ["counted_at", "ordinal"] if referral.counted_at != before else []
        self._now = now

    def complete(self, case: Case) -> Case:
        """The case, with what the count says of it."""
        return replace(
            case,
            ordinal=self.referral.ordinal,
            counted_at=self.referral.counted_at,
            successful=self.successful,
        )

    @property
    def successful(self) -> int:
        """How many there are now; meaningless where nothing depends on it."""
        return self._others + (self.referral.counted_at is not None)

    def misled(self) -> set[int]:
        """Other referrals whose rewards don't fit the number of now.

        They are settled after this one: rewards for a number of referrals, and those that wait
        in a tier.
        """
        return self._in_another_tier() | self._with_another_goal()

    def _in_another_tier(self) -> set[int]:
        """Until it is successful itself, a referral is shown and kept account of as the next one.

        No query unless this settlement changes the count.
        """
        if not self._tiers_matter or not self.changed:
            return set()
        # Counted or no longer: the next one's number is on either side of this.
        reached = IncentiveTier.objects.filter(
            incentive__version=OuterRef("version"), from_number=self._others + 2
        )
        waiting = Reward.objects.filter(referral=OuterRef("pk"), state=State.PENDING)
        found = Referral.objects.filter(
            Exists(reached),
            Exists(waiting),
            program=self.referral.program_id,
            advocate__in=family(self.referral.advocate),
            counted_at=None,
        )
        return set(found.exclude(pk=self.referral.pk).values_list("pk", flat=True))

    def _with_another_goal(self) -> set[int]:
        """Until they are settled, this one asks again, should the process die in between."""
        if not self._has_goals:
            return set()
        rewards = (
            goal_rewards(self.referral.advocate)
            .exclude(referral=self.referral.pk)
            .exclude(state=State.EXPIRED)
            .select_related("incentive")
        )
        found = {row.referral_id for row in rewards if _is_misled(row, self.successful)}
        if found:
            again = self._now + ASK_AGAIN
            self.due_at = min(self.due_at, again) if self.due_at else again
        return found

    def _count_others(self) -> int:
        counted = Referral.objects.filter(
            program=self.referral.program_id,
            advocate__in=family(self.referral.advocate),
            counted_at__isnull=False,
        )
        return counted.exclude(pk=self.referral.pk).count()

    def _keep_count(
        self, rewards: list[Reward], order: OrderFacts, credit: Credit, now: datetime
    ) -> datetime | None:
        """Set `counted_at` and `ordinal`. The place is that of the moment, and stays."""
        referral = self.referral
        if credit.state != Referral.State.BOUND or order.undone:
            referral.counted_at = referral.ordinal = None
            return None
        if referral.counted_at is not None or not order.exists:
            return None
        held = [row.hold_until for row in rewards if row.source == referral.order_number]
        known = RewardFacts(
            created_at=referral.created_at,
            hold_until=min((moment for moment in held if moment), default=None),
        )
        # A shop that doesn't record when an order was paid: not before it was placed.
        facts = replace(order, paid_at=order.paid_at or referral.created_at)
        version = referral.version
        hold = Hold(version).until(now) - now
        rules = Rules(hold=hold, hold_from=version.hold_from, validity=None)
        target = target_of(known, facts, None, rules, now)
        if target.state != State.AVAILABLE:
            return target.due_at
        referral.counted_at = now
        referral.ordinal = self._others + 1 if self._matters else None
        return None


def goal_rewards(advocate: Advocate) -> QuerySet[Reward]:
    """All rewards for a number of referrals that the person's referrals have."""
    return Reward.objects.filter(
        referral__advocate__in=family(advocate), incentive__trigger__in=GOALS
    )


def _is_misled(reward: Reward, successful: int) -> bool:
    missed = reasons.GOAL_MISSED in (reward.reason, reward.reduced_reason)
    return missed != (successful < goal_of(reward))


def goal_of(reward: Reward) -> int:
    """How many successful referrals a reward for a number of them asks for."""
    number = reward.incentive.number if reward.incentive is not None else None
    word, *numbers = reward.source.split("-")
    return int(numbers[0]) * int(numbers[1]) if word == "every" else number or 1
