"""From the click to the spent reward: what happened in a period, counted by the database.

Every figure is counted on the day on which its event happened: a click when the link was opened,
a claim when it was made, an order when it was placed, a reward when it was earned, and what was
spent when it was spent. The number of queries does not depend on the number of rows or steps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Trunc

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.insight.clicks import clicks_since, counted_clicks
from oscar_referrals.insight.periods import Granularity, Period
from oscar_referrals.money import is_money
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.rollup import counted_until

#: Written down by staff when they credit an order, which no friend has taken.
BY_STAFF = (Claim.Method.STAFF, Claim.Method.LATE)
WITHDRAWN = frozenset({Reward.State.VOIDED, Reward.State.REVERSED})
#: Staff have credited its order to somebody else, whose referral counts instead.
REPLACED = ExpressionWrapper(Q(replaced_at__isnull=False), output_field=BooleanField())
#: The state of the referral that counts for the order, which is another one then.
STATE_OF_ORDER = Case(
    When(replaced_at=None, then=F("state")),
    default=Subquery(
        Referral.objects.filter(order_number=OuterRef("order_number"), replaced_at=None)
        .order_by()
        .values("state")
    ),
)


@dataclass
class Money:
    """Amounts in minor units of one currency."""

    #: Totals of the orders that were credited to an advocate.
    order_value: int = 0
    #: What friends saved on those orders, also by a code that staff have replaced by another.
    friend_discounts: int = 0
    #: What friends saved on orders that were refused or released afterwards.
    losses: int = 0
    #: Advocates' rewards of a fixed amount that were earned and not withdrawn since.
    rewards_earned: int = 0
    #: What advocates saved by spending rewards.
    rewards_spent: int = 0

    def __iadd__(self, other: Money) -> Money:
        self.order_value += other.order_value
        self.friend_discounts += other.friend_discounts
        self.losses += other.losses
        self.rewards_earned += other.rewards_earned
        self.rewards_spent += other.rewards_spent
        return self


@dataclass
class Row:
    """What happened in one step of a period (or in all of it)."""

    #: First day of the step.
    start: date
    #: Share links opened.
    clicks: int = 0
    #: Offers taken by friends.
    claims: int = 0
    #: Referrals by state; together they are the orders placed with a code.
    referrals: Counter[str] = field(default_factory=Counter)
    #: Advocates' rewards by their present state.
    rewards: Counter[str] = field(default_factory=Counter)
    #: Amounts per currency.
    money: dict[str, Money] = field(default_factory=lambda: defaultdict(Money))

    @property
    def orders(self) -> int:
        """Orders placed with a referral code, whatever became of them."""
        return self.referrals.total()

    @property
    def credited(self) -> int:
        """Orders credited to an advocate."""
        return self.referrals[Referral.State.BOUND]

    @property
    def refused(self) -> int:
        """Orders for which nobody got the credit."""
        return self.referrals[Referral.State.REFUSED]

    @property
    def released(self) -> int:
        """Orders that were credited, then cancelled or refunded in full."""
        return self.referrals[Referral.State.RELEASED]

    @property
    def earned(self) -> int:
        """Rewards that began, whatever became of them."""
        return self.rewards.total()

    @property
    def withdrawn(self) -> int:
        """Rewards that were taken back, before they could be spent or after."""
        return sum(self.rewards[state] for state in WITHDRAWN)


def report(
    program: Program | None, start: date, end: date, granularity: Granularity | str
) -> list[Row]:
    """One row per step from ``start`` to ``end`` (both included), also for steps without events.

    For ``program``, or for all programs of the installation when it is None.
    """
    period = Period(start, end)
    step = Granularity(granularity)
    rows = {first: Row(start=first) for first in period.steps(step)}
    _count_clicks_and_claims(rows, program, period, step)
    _count_orders(rows, program, period, step)
    _count_rewards(rows, program, period, step)
    return list(rows.values())


def total(rows: Iterable[Row]) -> Row:
    """The sum of ``rows``, which must not be empty."""
    every = list(rows)
    whole = Row(start=every[0].start)
    for row in every:
        whole.clicks += row.clicks
        whole.claims += row.claims
        whole.referrals += row.referrals
        whole.rewards += row.rewards
        for currency, money in row.money.items():
            whole.money[currency] += money
    return whole


def _in_steps(
    model: type[Model], moment: str, program: Program | None, period: Period, step: Granularity
) -> QuerySet[Any, dict[str, Any]]:
    """Rows whose ``moment`` lies in the period, grouped by the step it lies in."""
    first, last = period.bounds
    rows = model._default_manager.filter(**{f"{moment}__gte": first, f"{moment}__lt": last})
    if program is not None:
        rows = rows.filter(program=program)
    return rows.order_by().values(step=Trunc(moment, step.value, output_field=DateField()))


def _count_clicks_and_claims(
    rows: dict[date, Row], program: Program | None, period: Period, step: Granularity
) -> None:
    counted = counted_until()
    if counted is not None:
        days = counted_clicks(program, period, until=counted)
        of_days = days.values(step=Trunc("day", step.value, output_field=DateField()))
        for found in of_days.annotate(number=Sum("touches")):
            rows[found["step"]].clicks += found["number"]
    touches = clicks_since(program, period, counted)
    later = touches.values(step=Trunc("occurred_at", step.value, output_field=DateField()))
    for found in later.annotate(number=Count("pk")):
        rows[found["step"]].clicks += found["number"]
    claims = _in_steps(Claim, "claimed_at", program, period, step).exclude(method__in=BY_STAFF)
    for found in claims.annotate(number=Count("pk")):
        rows[found["step"]].claims = found["number"]


def _count_orders(
    rows: dict[date, Row], program: Program | None, period: Period, step: Granularity
) -> None:
    orders = _in_steps(Referral, "created_at", program, period, step).exclude(order_number="")
    groups = orders.annotate(replaced=REPLACED, became=STATE_OF_ORDER).values(
        "step", "became", "currency", "replaced"
    )
    for found in groups.annotate(
        number=Count("pk"),
        value=Sum("order_total"),
        saved=Sum(F("friend_discount") + F("shipping_discount")),
    ):
        row = rows[found["step"]]
        money = row.money[found["currency"]]
        is_credited = found["became"] == Referral.State.BOUND
        if is_credited:
            money.friend_discounts += found["saved"]
        else:
            money.losses += found["saved"]
        if found["replaced"]:
            # The order is counted once, with whom staff credited it to.
            continue
        row.referrals[found["became"]] += found["number"]
        if is_credited:
            money.order_value += found["value"]


def _count_rewards(
    rows: dict[date, Row], program: Program | None, period: Period, step: Granularity
) -> None:
    of_advocates = Q(side=Incentive.Side.ADVOCATE)
    earned = _in_steps(Reward, "created_at", program, period, step).filter(of_advocates)
    for found in earned.values("step", "state", "unit").annotate(
        number=Count("pk"), value=Sum("amount")
    ):
        row = rows[found["step"]]
        row.rewards[found["state"]] += found["number"]
        # Pieces, such as percentage vouchers, have no amount before they are spent.
        if is_money(found["unit"]) and found["state"] not in WITHDRAWN:
            row.money[found["unit"]].rewards_earned += found["value"]
    spent = _in_steps(Reward, "spent_at", program, period, step).filter(of_advocates)
    for found in spent.values("step", "currency").annotate(value=Sum("spent_amount")):
        rows[found["step"]].money[found["currency"]].rewards_spent += found["value"] or 0
