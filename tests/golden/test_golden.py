"""The table of `table.py`, lived through with the real services, ends in its figures."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db.models import Sum
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.money import to_minor
from oscar_referrals.programs.models import Program
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit import payment, wallet
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import Posting, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import settle_order
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.golden.table import CLOSING, TABLE
from tests.rewards.cases import order, pay, referred, set_status

pytestmark = pytest.mark.django_db

#: Before everybody's first order, so that all may share from the beginning.
OPENING = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2026, 10, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One order of the table."""

    number: int
    placed_at: datetime
    customer: str
    code: str
    currency: str
    goods: int
    discount: int
    total: int
    paid_at: datetime | None
    undone: tuple[tuple[datetime, int | None], ...]
    expected: tuple[str, ...]

    @property
    def is_referred(self) -> bool:
        """It was placed with an advocate's code."""
        return self.code != "-"


def moment(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def lines() -> Iterator[Line]:
    for row in TABLE.strip().splitlines():
        cells = [cell.strip() for cell in row.split("|")]
        currency = cells[4]
        undone = [part.split() for part in cells[9].split(" + ") if part]
        yield Line(
            number=int(cells[0]),
            placed_at=moment(cells[1]),
            customer=cells[2],
            code=cells[3],
            currency=currency,
            goods=minor(cells[5], currency),
            discount=minor(cells[6], currency),
            total=minor(cells[7], currency),
            paid_at=None if cells[8] == "never" else moment(cells[8]),
            undone=tuple(
                (
                    moment(f"{day} {hour}"),
                    None if what == "cancelled" else minor(what, currency),
                )
                for day, hour, what in undone
            ),
            expected=tuple(cells[10:]),
        )


def minor(text: str, currency: str) -> int:
    return to_minor(Decimal(text), currency)


def major(amount: int, currency: str) -> str:
    return str(Decimal(amount).scaleb(-2 if currency == "MYR" else 0))


class Shop:
    """Plays the lines in the order of time."""

    def __init__(self) -> None:
        self.program: Program = live_program(
            hold_days=14,
            friend={
                "percent": 10,
                "amounts": {"MYR": {"maximum": 3000}, "JPY": {"maximum": 1000}},
            },
            advocate={
                "percent": 10,
                "kind": "credit",
                "validity_days": 90,
                "amounts": {"MYR": {}, "JPY": {}},
            },
        )
        self.people: dict[str, Any] = {}
        self.members: dict[str, Advocate] = {}
        self.referrals: dict[int, Referral] = {}
        self.credit: dict[int, int] = {}
        self.events: list[tuple[datetime, int, Callable[[], None]]] = []
        self.tie = count()

    def person(self, name: str) -> Any:
        if name not in self.people:
            self.people[name] = UserFactory()
        return self.people[name]

    def at(self, when: datetime, event: Callable[[], None]) -> None:
        heapq.heappush(self.events, (when, next(self.tie), event))

    def play(self, line: Line) -> None:
        self.at(line.placed_at, partial(self.place, line))

    def place(self, line: Line) -> None:
        if line.is_referred:
            referral = referred(
                self.program,
                member=self.members[line.code],
                friend=self.person(line.customer),
                discount=line.discount,
                total=major(line.total, line.currency),
                currency=line.currency,
            )
            self.referrals[line.number] = referral
            settle(referral.pk)
            placed = referral.order
        else:
            placed = self.buy(line)
        if line.paid_at is not None:
            self.at(line.paid_at, partial(self.pay, line, placed))
        for when, amount in line.undone:
            self.at(when, partial(self.undo, line, placed, amount))

    def buy(self, line: Line) -> Any:
        """An order without a code; advocates use all the credit that they have."""
        user = self.person(line.customer)
        placed = order(major(line.total, line.currency), user=user, currency=line.currency)
        have = wallet.balance(owner_id=user.pk, currency=line.currency).spendable
        if have:
            basket = get_model("basket", "Basket").objects.create(owner=user)
            wallet.reserve(
                owner_id=user.pk,
                basket_id=basket.pk,
                currency=line.currency,
                amount=min(have, line.total),
            )
            used = payment.begin(
                basket_id=basket.pk,
                order_number=placed.number,
                currency=line.currency,
                amount=min(have, line.total),
            )
            payment.capture(order_number=placed.number)
            settle_order(placed)
            self.credit[line.number] = used
        return placed

    def pay(self, line: Line, placed: Any) -> None:
        rest = line.total - self.credit.get(line.number, 0)
        pay(placed, major(rest, line.currency))
        settle_order(placed)

    def undo(self, line: Line, placed: Any, amount: int | None) -> None:
        if amount is None:
            set_status(placed, "Cancelled")
        else:
            placed.sources.get().refund(Decimal(major(amount, line.currency)))
        settle_order(placed)

    def run(self, until: datetime) -> None:
        """Everything before ``until``, and the periodic work whenever something is due."""
        while True:
            due = Referral.objects.filter(settle_due_at__lt=until).order_by("settle_due_at")
            next_due = due.values_list("settle_due_at", flat=True).first()
            next_event = self.events[0][0] if self.events else until
            if next_due is not None and next_due < min(next_event, until):
                with time_machine.travel(next_due, tick=False):
                    settle_due(now=next_due)
            elif self.events and next_event < until:
                when, _tie, event = heapq.heappop(self.events)
                with time_machine.travel(when, tick=False):
                    event()
            else:
                return


@pytest.fixture(scope="module")
def played() -> list[Line]:
    return list(lines())


@pytest.fixture
def shop(played: list[Line], settings: Any) -> Shop:
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "CURRENCIES": ("MYR", "JPY")}
    with time_machine.travel(OPENING, tick=False):
        shop = Shop()
        for name in {line.code for line in played if line.is_referred}:
            shop.members[name] = advocate(shop.program, user=shop.person(name))
    for line in played:
        shop.play(line)
    return shop


def test_the_table_is_what_it_says(played: list[Line]) -> None:
    assert len(played) == 60
    assert len({line.code for line in played if line.is_referred}) == 14
    for line in played:
        assert line.goods - line.discount == line.total


def closing() -> dict[str, int]:
    """The balance of each account by the postings, in the account's own direction."""
    totals: Counter[str] = Counter()
    sums = Posting.objects.values_list("account__kind", "account__unit").annotate(Sum("amount"))
    for kind, unit, amount in sums.order_by():
        sign = 1 if kind.startswith(("expense", "receivable")) else -1
        totals[f"{kind} {unit}"] = sign * amount
    return {name: amount for name, amount in totals.items() if amount}


def test_every_figure_of_the_table(shop: Shop, played: list[Line]) -> None:
    friend = shop.program.current_version.incentives.get(side="friend")
    for line in played:
        if line.is_referred:
            figures = friend.amounts.get(currency=line.currency)
            assert Value(friend, figures).discount_on(line.goods) == line.discount
    for day, zone_end, expected in CLOSING:
        shop.run(zone_end)
        assert closing() == expected, day
    shop.run(END)
    assert audit() == []
    for line in played:
        if line.is_referred:
            check_reward(shop, line)
        elif line.expected and line.expected[0]:
            check_credit(shop, line)


def check_reward(shop: Shop, line: Line) -> None:
    reward = Reward.objects.get(referral=shop.referrals[line.number], side="advocate")
    promised, net, used, netted, clawback = (minor(x, line.currency) for x in line.expected[:5])
    found = (reward.amount, reward.net, reward.used, reward.netted, reward.clawback, reward.state)
    assert found == (promised, net, used, netted, clawback, line.expected[5]), line.number


def check_credit(shop: Shop, line: Line) -> None:
    total = sum(minor(part.split(":")[1], line.currency) for part in line.expected[0].split(" + "))
    assert shop.credit[line.number] == total, line.number
