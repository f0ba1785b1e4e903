"""By which way it spread: shares, clicks, claims, orders and rewards per channel, place, campaign.

Counted like the funnel, of which these are the parts: every event on the day on which it happened,
clicks as their touches say, orders and rewards as the claim says that they came from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.insight.clicks import clicks_since, counted_clicks
from oscar_referrals.insight.funnel import BY_STAFF, WITHDRAWN, Money
from oscar_referrals.insight.periods import Period
from oscar_referrals.money import is_money
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.rollup import counted_until
from oscar_referrals.sharing.share_models import Share


class By(StrEnum):
    """What the rows are about; named as the columns of shares, touches and claims."""

    CHANNEL = "channel"
    PLACEMENT = "placement"
    CAMPAIGN = "campaign"


@dataclass
class WayRow:
    """What came by one way in a period."""

    #: The slug of a channel or a place, or a campaign's name; empty where nobody knows.
    name: str
    shares: int = 0
    clicks: int = 0
    claims: int = 0
    #: Referrals by state; together they are the orders placed with a code.
    referrals: Counter[str] = field(default_factory=Counter)
    #: Advocates' rewards that began, whatever became of them.
    rewards: int = 0
    #: Amounts per currency; of `Money` only ``order_value`` and ``rewards_earned``.
    money: dict[str, Money] = field(default_factory=lambda: defaultdict(Money))

    @property
    def orders(self) -> int:
        """Orders placed with a code, whatever became of them."""
        return self.referrals.total()

    @property
    def credited(self) -> int:
        """Orders credited to an advocate."""
        return self.referrals[Referral.State.BOUND]

    @property
    def amounts(self) -> list[tuple[str, Money]]:
        """Currency and amounts, for templates: those would ask the dictionary for ``items``."""
        return sorted(self.money.items())


def by_way(program: Program | None, period: Period, by: By) -> list[WayRow]:
    """A row for each way by which anything happened, the most orders first.

    For ``program``, or for all programs of the installation when it is None. At most seven queries,
    however much happened.
    """
    rows: dict[str, WayRow] = {}

    def row(name: str) -> WayRow:
        return rows.setdefault(name, WayRow(name))

    def events(rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
        first, last = period.bounds
        found = rows.filter(**{f"{moment}__gte": first, f"{moment}__lt": last})
        return (found.filter(program=program) if program is not None else found).order_by()

    own, claimed = F(by.value), Coalesce(F(f"claim__{by.value}"), Value(""))
    earned = Coalesce(F(f"referral__claim__{by.value}"), Value(""))
    for found in _numbers(events(Share.objects.all(), "shared_at"), own):
        row(found["way"]).shares = found["number"]
    for way, number in _clicks(program, period, own):
        row(way).clicks += number
    taken = events(Claim.objects.exclude(method__in=BY_STAFF), "claimed_at")
    for found in _numbers(taken, own):
        row(found["way"]).claims = found["number"]
    placed = Referral.objects.filter(replaced_at=None).exclude(order_number="")
    orders = events(placed, "created_at")
    for found in (
        orders.annotate(way=claimed)
        .values("way", "state", "currency")
        .annotate(number=Count("pk"), value=Sum("order_total"))
    ):
        row(found["way"]).referrals[found["state"]] += found["number"]
        if found["state"] == Referral.State.BOUND:
            row(found["way"]).money[found["currency"]].order_value += found["value"]
    rewards = events(Reward.objects.filter(side=Incentive.Side.ADVOCATE), "created_at")
    for found in (
        rewards.annotate(way=earned)
        .values("way", "state", "unit")
        .annotate(number=Count("pk"), value=Sum("amount"))
    ):
        row(found["way"]).rewards += found["number"]
        if is_money(found["unit"]) and found["state"] not in WITHDRAWN:
            row(found["way"]).money[found["unit"]].rewards_earned += found["value"]
    return sorted(rows.values(), key=_rank)


def total_of(rows: list[WayRow]) -> WayRow:
    """The sum of all rows."""
    whole = WayRow("")
    for row in rows:
        whole.shares += row.shares
        whole.clicks += row.clicks
        whole.claims += row.claims
        whole.rewards += row.rewards
        whole.referrals += row.referrals
        for currency, money in row.money.items():
            whole.money[currency] += money
    return whole


def _clicks(program: Program | None, period: Period, way: Any) -> Iterator[tuple[str, int]]:
    """From the counts of days whose touches may be deleted, and from the touches since then."""
    counted = counted_until()
    if counted is not None:
        days = counted_clicks(program, period, until=counted)
        sums = days.annotate(way=way).values("way").annotate(number=Sum("touches"))
        yield from ((found["way"], found["number"]) for found in sums)
    touches = _numbers(clicks_since(program, period, counted), way)
    yield from ((found["way"], found["number"]) for found in touches)


def _numbers(rows: QuerySet[Any], way: Any) -> QuerySet[Any]:
    return rows.annotate(way=way).values("way").annotate(number=Count("pk"))


def _rank(row: WayRow) -> tuple[int, int, int, int, str]:
    return (-row.orders, -row.claims, -row.clicks, -row.shares, row.name)
