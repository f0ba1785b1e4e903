"""What it takes to redeem store credit at the checkout, against a voucher of Oscar's.

    python -m benchmarks.wallet                              # 100 rounds, on SQLite
    python -m tests.postgres python -m benchmarks.wallet     # on a PostgreSQL of its own
    python -m tests.postgres python -m benchmarks.wallet 300

One shop on one database, with the documented hook in its payment view. New customers with the same
three products take turns: one enters a voucher of Oscar's, two pay as much as that takes off with
store credit, of one lot and of three, and the last enters that voucher as well. The last is there
to show the noise: its ratios would be 1.00 on a quiet machine.

Two requests make up the redemption: saying that the credit or the voucher is to be used (which
sets the credit aside), and placing the order (which begins the payment and captures it in Oscar's
transaction, or records the voucher's use). Everybody's order goes through Oscar's own view, and a
card pays what is left.

Queries are exact, and the most of any round; what only begins or ends a transaction is left out.
Times are only shown as ratios. At the end `check_ledger` has to find nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from statistics import quantiles
from typing import Any
from unittest.mock import patch

import django

from benchmarks.till import Cost, database, measure

ROUNDS = 100
CREDIT = 3000
#: In how many lots the credit of a shopper is.
LOTS = (1, 3)
PRICE, PERCENT = "50.00", 20
VOUCHER = "PLAIN"
STOCK, AGAIN = "voucher", "voucher again"
CHOOSE, ORDER, BOTH = "say what to use", "place the order", "both"

#: The costs of a visit's requests, by what they do.
Visit = dict[str, Cost]


def main(rounds: int) -> int:
    """Let the shoppers take turns, and print the table; answers 1 when the books disagree."""
    from django.core.management import call_command
    from django.test.utils import override_settings

    loads = [os.getloadavg()[0]]
    with database(), override_settings(OSCAR_REFERRALS={"CREDIT_AT_CHECKOUT": True}), till():
        shop = Shop()
        shoppers: dict[str, Callable[[], Visit]] = {
            STOCK: shop.with_voucher,
            **{name(lots): partial(shop.with_credit, lots) for lots in LOTS},
            AGAIN: shop.with_voucher,
        }
        seen: dict[str, list[Visit]] = {who: [] for who in shoppers}
        for round_ in range(rounds + 1):
            for who, visit in shoppers.items():
                costs = visit()
                # The first round fills what is cached for all visitors.
                if round_:
                    seen[who].append(costs | {BOTH: added(costs)})
        loads.append(os.getloadavg()[0])
        report(rounds, loads, seen)
        # Raises when anything is wrong.
        call_command("check_ledger")
    return 0


def name(lots: int) -> str:
    """What a shopper with so many lots is called in the table."""
    return f"credit of {lots} lot{'s' if lots > 1 else ''}"


def added(costs: Visit) -> Cost:
    """The cost of the whole redemption."""
    return Cost(
        sum(cost.queries for cost in costs.values()), sum(cost.seconds for cost in costs.values())
    )


@contextmanager
def till() -> Iterator[None]:
    """A payment view as the guide tells a shop to write it; a card pays the rest."""
    from oscar.core.loading import get_class, get_model

    from oscar_referrals.checkout.credit import pay_with_credit

    def handle_payment(view: Any, order_number: Any, total: Any, **kwargs: Any) -> None:
        total = pay_with_credit(view, order_number, total)
        if total.incl_tax:
            card, _created = get_model("payment", "SourceType").objects.get_or_create(name="Card")
            view.add_payment_source(
                get_model("payment", "Source")(
                    source_type=card,
                    currency=total.currency,
                    amount_allocated=total.incl_tax,
                    amount_debited=total.incl_tax,
                )
            )

    with patch.object(
        get_class("checkout.views", "PaymentDetailsView"), "handle_payment", handle_payment
    ):
        yield


class Shop:
    """Three products, a live program that gives store credit, and a voucher of Oscar's."""

    def __init__(self) -> None:
        from oscar.core.loading import get_model

        from oscar_referrals.test.factories import live_program
        from tests.shop import customer, product, shop_voucher

        self.items = [product(PRICE) for _item in range(3)]
        # No visit may find them sold out.
        get_model("partner", "StockRecord").objects.update(num_in_stock=1_000_000)
        self.program = live_program(
            advocate={"kind": "credit", "value": CREDIT, "validity_days": 90}
        )
        self.staff = customer(is_staff=True)
        shop_voucher(VOUCHER, percent=PERCENT)

    def with_voucher(self) -> Visit:
        """A new customer with the voucher."""
        from tests.shop import customer

        costs, order = self.visit(customer(), "basket:vouchers-add", {"code": VOUCHER})
        assert order.total_incl_tax == Decimal("120.00"), order.total_incl_tax
        return costs

    def with_credit(self, lots: int) -> Visit:
        """A new customer with store credit in so many lots."""
        from oscar_referrals.rewards.credit.payment import used_for
        from oscar_referrals.rewards.give import give
        from tests.shop import customer

        owner = customer()
        for _lot in range(lots):
            give(
                program=self.program,
                user=owner,
                amount=CREDIT // lots,
                currency="MYR",
                actor=self.staff,
                note="A benchmark",
                validity_days=90,
            )
        costs, order = self.visit(owner, "referrals:use-credit", {"amount": ""})
        assert used_for(order.number) == CREDIT
        return costs

    def visit(self, user: Any, choose: str, data: dict[str, str]) -> tuple[Visit, Any]:
        """One visit, from the basket to the order."""
        from django.urls import reverse
        from oscar.core.loading import get_model

        from tests.shop import Visitor

        visitor = Visitor(user)
        for item in self.items:
            visitor.add(item)
        visitor.get("basket:summary")
        costs = {CHOOSE: measure(lambda: visitor.client.post(reverse(choose), data))}
        visitor.to_preview()
        place = {"action": "place_order"}
        costs[ORDER] = measure(lambda: visitor.client.post(reverse("checkout:preview"), place))
        return costs, get_model("order", "Order").objects.get(user=user)


def report(rounds: int, loads: list[float], seen: dict[str, list[Visit]]) -> None:
    """Print a table."""
    from django.db import connection

    load = " to ".join(f"{load:.1f}" for load in loads)
    print(f"\n{connection.vendor}, {rounds} rounds, load {load}\n")
    print("| | queries | to the voucher | time, p50 to p50 | time, p95 to p95 |")
    print(f"| --- {'| --: ' * 4}|")
    for step in (CHOOSE, ORDER, BOTH):
        base, base_times = most(seen[STOCK], step), percentiles(seen[STOCK], step)
        print(f"| {step}, {STOCK} | {base} | | | |")
        for who in (name for name in seen if name != STOCK):
            queries, times = most(seen[who], step), percentiles(seen[who], step)
            ratios = [
                f"{mine / theirs:.2f}" for mine, theirs in zip(times, base_times, strict=True)
            ]
            print(f"| {step}, {who} | {queries} | {queries - base:+} | {' | '.join(ratios)} |")
    print(flush=True)


def most(visits: list[Visit], step: str) -> int:
    """The queries of a step in the round that took the most."""
    return max(visit[step].queries for visit in visits)


def percentiles(visits: list[Visit], step: str) -> tuple[float, float]:
    """The median and the 95th percentile of a step's seconds."""
    cuts = quantiles((visit[step].seconds for visit in visits), n=20, method="inclusive")
    return cuts[9], cuts[18]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.projects.oscar_only.settings")
    django.setup()
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
