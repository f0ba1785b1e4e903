"""Counting rewards against the limits of their version, inside the locks of `settle`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from oscar_referrals import signals
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.merged import family
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Limit, Program
from oscar_referrals.rewards.budget import budget_of, committed, worth_in_money
from oscar_referrals.rewards.caps import (
    COUNTED,
    LIMITED,
    WINDOWS,
    Excess,
    counts,
    crosses_alert,
    excess_of,
    fullest,
)
from oscar_referrals.rewards.entitlements import Entitlement, figures_in
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.target import RULE_VERSION
from oscar_referrals.rewards.verdict import RewardFacts, Rules, Target

Scope, Measure = Limit.Scope, Limit.Measure


@dataclass
class _Budget:
    """The budget in one currency, what was committed of it, and what this settlement adds."""

    limit: Limit
    before: int
    added: int = 0


class Limiter:
    """What one settlement asks before it lets a reward count.

    The advocate's row is locked by then, which is what the caps per advocate need; the program's
    is locked when the first amount is to be added to a budget. ``again``: rewards that staff want
    to have asked once more.
    """

    def __init__(self, referral: Referral, *, now: datetime, again: Iterable[int] = ()) -> None:
        self.referral = referral
        self.now = now
        self.again = frozenset(again)
        self.limits = list(referral.version.limits.all())
        #: By currency, as far as asked for; None where there is no budget.
        self._budgets: dict[str, _Budget | None] = {}

    def rules(self, reward: Reward, facts: RewardFacts, rules: Rules) -> Rules:
        """The rules of a reward that was limited before: it stays so, unless staff ask again."""
        reason = facts.reduced_reason if _counted(facts) else facts.reason
        stays = reason in LIMITED and reward.pk not in self.again
        if rules.refusal or rules.at_till or not stays or _has_it_again(facts):
            return rules
        return limited(facts, rules, reason)

    def excess(
        self, entitlement: Entitlement, reward: Reward, facts: RewardFacts, target: Target
    ) -> Excess | None:
        """The limit that the reward exceeds by coming to ``target``; None if it may.

        What was granted stays granted: a reward that counts already is asked about only if more
        of it is owed than before, because a refund was undone, or because the order was that had
        used a percentage voucher: it counts at its maximum again, and no more at what it had cost.
        """
        if not self.limits or not entitlement.limited:
            return None
        net = max(0, facts.amount - target.reduced)
        before = _money(entitlement, reward, facts.state, facts.amount - facts.reduced)
        after = _money(entitlement, reward, target.state, net, unspent=target.unspent)
        # What was spent and is clawed back never left the budget.
        more = after + _not_set_off(target.clawback, facts)
        more -= before + _not_set_off(facts.clawback, facts)
        begins = counts(target.state, net) and not _counted(facts)
        may_rise = reward.unit == reward.currency or target.unspent
        rises = _counted(facts) and may_rise and after > before
        if (begins or rises) and not entitlement.at_till and not _has_it_again(facts):
            excess = self._over_cap(reward, after, only=Measure.MONEY if rises else "")
            excess = excess or self._over_budget(reward.currency, more)
            if excess is not None:
                return excess
        if more > 0:
            self._add(reward.currency, more)
        return None

    def growth(self, entitlement: Entitlement, reward: Reward, was: int) -> Excess | None:
        """The limit that a reward which counts already exceeds by being worth more than ``was``.

        Its tier, or the order that it stands on, may be another one by now. None if it may.
        """
        more = reward.amount - was
        before = max(0, was + reward.adjusted - reward.reduced)
        in_money = reward.unit == reward.currency and not entitlement.at_till
        grows = more > 0 and in_money and counts(reward.state, before)
        if not (grows and self.limits and entitlement.limited):
            return None
        excess = self._over_cap(reward, before + more, only=Measure.MONEY)
        excess = excess or self._over_budget(reward.currency, more)
        if excess is None:
            self._add(reward.currency, more)
        return excess

    def alerts(self) -> list[Decision]:
        """The notes that so much of a budget is committed, where this settlement has done that.

        Once for each budget; the shop's code hears of it by `signals.budget_alert`.
        """
        alerts = [self._alert(budget) for budget in self._budgets.values() if budget is not None]
        return [alert for alert in alerts if alert is not None]

    def _alert(self, found: _Budget) -> Decision | None:
        budget, after = found.limit, found.before + found.added
        if not crosses_alert(budget=budget.amount, before=found.before, after=after):
            return None
        program = self.referral.program
        subject = f"budget:{budget.currency}:{budget.amount}"
        if Decision.objects.filter(program=program, subject=subject).exists():
            return None
        signals.announce(
            signals.budget_alert,
            program=program,
            currency=budget.currency,
            committed=after,
            budget=budget.amount,
        )
        return Decision(
            program=program,
            subject=subject,
            verdict=Decision.Verdict.LIMITED,
            reason=reasons.BUDGET_ALERT,
            inputs={
                "before": found.before,
                "committed": after,
                "budget": budget.amount,
                "currency": budget.currency,
            },
            rule_version=RULE_VERSION,
            decided_at=self.now,
        )

    def _over_cap(self, reward: Reward, money: int, *, only: str = "") -> Excess | None:
        for limit in self.limits:
            if only and limit.measure != only:
                continue
            if limit.scope == Scope.PROGRAM or (limit.scope == Scope.FRIEND) != (
                reward.side == "friend"
            ):
                continue
            if limit.measure == Measure.MONEY and limit.currency != reward.currency:
                continue
            wanted = 1 if limit.measure == Measure.COUNT else money
            excess = excess_of(limit, used=self._used(limit, reward), wanted=wanted)
            if excess is not None:
                return excess
        return None

    def _over_budget(self, currency: str, money: int) -> Excess | None:
        budget = self._budget_in(currency)
        if budget is None:
            return None
        return excess_of(budget.limit, used=budget.before + budget.added, wanted=money)

    def _add(self, currency: str, money: int) -> None:
        budget = self._budget_in(currency)
        if budget is not None:
            budget.added += money

    def _budget_in(self, currency: str) -> _Budget | None:
        """What is committed in the currency, read once, under the lock of the program."""
        if currency not in self._budgets:
            self._budgets[currency] = self._read_budget(currency)
        return self._budgets[currency]

    def _read_budget(self, currency: str) -> _Budget | None:
        limit = budget_of(self.referral.version, currency)
        if limit is None:
            return None
        program_id = self.referral.program_id
        self._lock(program_id)
        before = committed(program_id, currency, besides=self.referral.pk, now=self.now)
        return _Budget(limit, before)

    @staticmethod
    def _lock(program_id: int) -> None:
        locked = Program.objects.select_for_update(no_key=True).order_by()
        locked.values_list("pk").get(pk=program_id)

    def _used(self, limit: Limit, reward: Reward) -> int:
        """What counts of the same person's rewards, in the fullest window around this one."""
        rewards = self._of_person(reward).exclude(pk=reward.pk)
        if limit.measure == Measure.MONEY:
            rewards = rewards.filter(currency=limit.currency)
        window = WINDOWS[limit.window]
        if window is None:
            if limit.measure == Measure.COUNT:
                return rewards.count()
            worth = rewards.annotate(worth=worth_in_money()).order_by().values_list("worth")
            total: int = worth.aggregate(whole=Coalesce(Sum("worth"), 0))["whole"]
            return total
        at = reward.created_at
        near = rewards.filter(created_at__gt=at - window, created_at__lt=at + window).order_by()
        if limit.measure == Measure.COUNT:
            given = [(moment, 1) for moment in near.values_list("created_at", flat=True)]
        else:
            given = list(near.values_list("created_at", worth_in_money()))
        return fullest(given, at=at, window=window)

    def _of_person(self, reward: Reward) -> QuerySet[Reward]:
        """What counts of the rewards that the same advocate, or the same friend, has got."""
        rewards = Reward.objects.filter(
            program=reward.program_id, side=reward.side, state__in=COUNTED
        ).filter(amount__gt=F("reduced") - F("adjusted"))
        if reward.side == "advocate":
            return rewards.filter(advocate__in=family(self.referral.advocate))
        friend = Q(referral=self.referral)
        if self.referral.friend_id is not None:
            friend |= Q(referral__friend=self.referral.friend_id)
        if self.referral.friend_key:
            friend |= Q(referral__friend_key=self.referral.friend_key)
        return rewards.filter(friend)


def limited(facts: RewardFacts, rules: Rules, reason: str) -> Rules:
    """The rules of a reward that may not be more than it was: nothing, or what was granted.

    What is no money is owed as a whole or not at all.
    """
    if _counted(facts) and facts.is_money:
        return replace(rules, owed_at_most=facts.amount - facts.reduced, limited_by=reason)
    return replace(rules, refusal=reason)


def _counted(facts: RewardFacts) -> bool:
    """Did it take up room before this settlement?"""
    return counts(facts.state, facts.amount - facts.reduced)


def _has_it_again(facts: RewardFacts) -> bool:
    """An order has a percentage voucher that had been limited when it came back from that order.

    Its discount was granted before, and is not asked about again.
    """
    return facts.spent and not facts.is_money and facts.reason in LIMITED


def _not_set_off(clawback: int, facts: RewardFacts) -> int:
    """What of a clawback is spent and no other reward has paid: a part of the budget."""
    return max(0, clawback - facts.paid_back)


def _money(
    entitlement: Entitlement, reward: Reward, state: str, net: int, *, unspent: bool = False
) -> int:
    """What the reward takes up of an amount of money in its currency; ``unspent``: once it is."""
    if not counts(state, net):
        return 0
    if reward.unit == reward.currency:
        # The till's discount is on the row only afterwards.
        return entitlement.worth.amount if entitlement.at_till else net
    if reward.spent_amount is not None and not unspent:
        return reward.spent_amount
    if reward.settled_amount is not None:
        return reward.settled_amount
    if state == Reward.State.EXPIRED:
        return 0
    figures = figures_in(entitlement.incentive, reward.currency)
    return (figures.maximum or 0) if figures is not None else 0
