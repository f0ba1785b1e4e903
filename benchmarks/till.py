"""The pages of a shopper with nothing, with a voucher of the shop's, and with a friend's code.

    python -m benchmarks.till                              # 10 and 100,000 codes, on SQLite
    python -m tests.postgres python -m benchmarks.till     # on a PostgreSQL of its own

Two shops are measured, each in a process and a database of its own: stock Oscar, and the same shop
with the apps, a live program and as many codes as the size says. Three lines are in the basket; the
friend's code has a minimum spend, the new-customer rule and a frozen list of products. The shoppers
take turns, visit by visit, so that all see the same noise.

Queries are exact; statements that only begin or end a transaction are left out, savepoints are not.
Times are those of the fastest round, on whatever machine this is, so only their ratios are shown.
Fails when a budget is exceeded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

import django

SIZES = (10, 100_000)
ROUNDS = 15
STOCK, OURS = "tests.projects.stock.settings", "tests.projects.oscar_only.settings"
VOUCHER = "PLAIN"

#: What is asked of the shop, in the order of a visit: two forms, pages, a form, and the last page.
PAGES: dict[str, tuple[str, str]] = {
    "enter the code": ("basket:vouchers-add", "enter"),
    "add to the basket": ("basket:add", "add"),
    "basket": ("basket:summary", "get"),
    "home": ("home", "get"),
    "catalogue": ("catalogue:index", "get"),
    "product": ("catalogue:detail", "product"),
    "search": ("search:search", "get"),
    "shipping address": ("checkout:shipping-address", "get"),
    "preview": ("checkout:preview", "get"),
    "place the order": ("checkout:preview", "order"),
    "thank you": ("checkout:thank-you", "get"),
}
#: By how many queries a page may cost more than in stock Oscar without a code, and all others.
BUDGETS: dict[str, tuple[dict[str, int], int]] = {
    "nothing": ({"place the order": 1, "thank you": 2}, 0),
    "voucher": ({"place the order": 1, "thank you": 2, "enter the code": 2}, 0),
    "friend": ({"basket": 8, "place the order": 25}, 4),
}
#: Forms that answer with a redirect: what they cost with a friend's code has no budget, and is
#: shown beside what it costs with a voucher of Oscar's.
NO_BUDGET = {"enter the code", "add to the basket"}
COLUMNS = (
    "page",
    "stock Oscar, no code",
    "its voucher",
    "with the apps, no code",
    "Oscar's voucher",
    "friend's code",
    "time, no code",
    "time, friend's code to Oscar's voucher",
)


class Cost(NamedTuple):
    """What one page costs: the most queries of any round, and the seconds of the fastest."""

    queries: int
    seconds: float


#: Costs by page, of one kind of shopper.
Visit = dict[str, Cost]


#: A new customer's visit with a code or none.
Shopper = Callable[[], Visit]


def main(sizes: tuple[int, ...]) -> int:
    """Measure both shops at each size; answer 1 when a budget is exceeded."""
    exceeded: list[str] = []
    seen: list[dict[str, Visit]] = []
    with stock_shop() as stock, database():
        shop = ReferralShop()
        shoppers: dict[str, Shopper] = {
            "stock nothing": partial(stock, ""),
            "stock voucher": partial(stock, VOUCHER),
            "nothing": partial(shop.visit, ""),
            "voucher": partial(shop.visit, VOUCHER),
            "friend": partial(shop.visit, shop.code.code),
        }
        for size in sizes:
            shop.grow_to(size)
            seen.append(take_turns(shoppers))
            exceeded += report(size, seen[-1])
    exceeded += growth(sizes, seen)
    print("\n" + "\n".join(exceeded or ["Every budget is kept."]))
    return 1 if exceeded else 0


@contextmanager
def stock_shop() -> Iterator[Callable[[str], Visit]]:
    """A shop without the apps, in a process that has never loaded them."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.till", "stock"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": STOCK},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    orders, answers = process.stdin, process.stdout

    def visit(code: str) -> Visit:
        print(code, file=orders, flush=True)
        return {page: Cost(*cost) for page, cost in json.loads(answers.readline()).items()}

    try:
        yield visit
    finally:
        orders.close()
        process.wait()


def serve_stock() -> None:
    """The other end of `stock_shop`: a line per code, and a line back per visit."""
    with database():
        shop = Shop()
        for line in sys.stdin:
            print(json.dumps(shop.visit(line.strip())), flush=True)


def take_turns(shoppers: dict[str, Shopper]) -> dict[str, Visit]:
    """What each shopper's pages cost over all rounds."""
    seen: dict[str, dict[str, list[Cost]]] = {who: {} for who in shoppers}
    for round_ in range(ROUNDS + 1):
        for who, visit in shoppers.items():
            for page, cost in visit().items():
                # The first round fills what is cached for all visitors.
                if round_:
                    seen[who].setdefault(page, []).append(cost)
    return {
        who: {
            page: Cost(max(cost.queries for cost in costs), min(cost.seconds for cost in costs))
            for page, costs in pages.items()
        }
        for who, pages in seen.items()
    }


@contextmanager
def database() -> Iterator[None]:
    """A database that no other process uses."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = f"till_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


class Shop:
    """Three products on sale and a voucher."""

    def __init__(self) -> None:
        from oscar.core.loading import get_model

        from tests.shop import product, shop_voucher

        self.items = [product("50.00") for _ in range(3)]
        self.on_sale = get_model("offer", "Range").objects.create(name="On sale")
        for item in self.items:
            self.on_sale.add_product(item)
        # No visit may find them sold out.
        get_model("partner", "StockRecord").objects.update(num_in_stock=1_000_000)
        shop_voucher(VOUCHER, percent=10)

    def visit(self, code: str) -> Visit:
        """One new customer's visit, from the basket to the order."""
        from tests.shop import Visitor, customer

        visitor = Visitor(customer())
        for item in self.items:
            visitor.add(item)
        visitor.get("basket:summary")
        costs = {}
        for page, (view, does) in PAGES.items():
            if does == "enter" and not code:
                continue
            if page == "preview":
                visitor.to_preview()
            costs[page] = measure(self.request(visitor, view, does, code))
            if does == "enter":
                assert visitor.basket.total_discount, f"{code} gives nothing"
        return costs

    def request(self, visitor: Any, view: str, does: str, code: str) -> Callable[[], Any]:
        """One request that is ready to be sent."""
        from django.urls import reverse

        item, client = self.items[0], visitor.client
        if does == "enter":
            return lambda: client.post(reverse(view), {"code": code})
        if does == "add":
            return lambda: client.post(reverse(view, args=[item.pk]), {"quantity": 1})
        if does == "order":
            return lambda: client.post(reverse(view), {"action": "place_order"})
        args = [item.slug, item.pk] if does == "product" else []
        return lambda: client.get(reverse(view, args=args))


class ReferralShop(Shop):
    """The same shop with a live program."""

    def __init__(self) -> None:
        super().__init__()
        from oscar_referrals.test.factories import live_program, referral_code

        self.program = live_program(friend={"value": 2000, "minimum": 8000, "range": self.on_sale})
        self.code = referral_code(self.program)

    def grow_to(self, size: int) -> None:
        """Make customers until the program has ``size`` codes."""
        from django.contrib.auth import get_user_model

        from oscar_referrals.sharing.bulk_codes import create_codes_for_everyone
        from oscar_referrals.sharing.models import ReferralCode

        user = get_user_model()
        missing = size - ReferralCode.objects.count()
        start = user.objects.count()
        user.objects.bulk_create(
            [
                user(username=f"c{start + n}", email=f"c{start + n}@example.com")
                for n in range(missing)
            ],
            batch_size=2000,
        )
        create_codes_for_everyone(program=self.program)


def measure(send: Callable[[], Any]) -> Cost:
    """Queries and seconds of one request, which has to succeed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.walk.walker import brackets

    with CaptureQueriesContext(connection) as queries:
        started = perf_counter()
        response = send()
        seconds = perf_counter() - started
    assert response.status_code in (200, 302), response.status_code
    return Cost(sum(not brackets(query["sql"]) for query in queries), seconds)


def report(size: int, seen: dict[str, Visit]) -> list[str]:
    """Print a table, and answer the budgets that are exceeded."""
    from django.db import connection

    from oscar_referrals.sharing.models import ReferralCode

    codes = ReferralCode.objects.count()
    print(f"\n{connection.vendor}, {codes:,} codes\n")
    print(f"| {' | '.join(COLUMNS)} |\n| --- {'| --: ' * (len(COLUMNS) - 1)}|")
    exceeded = []
    for page in PAGES:
        voucher = seen["stock voucher"][page]
        # Without a code there is none to enter, so there the shop's voucher is the measure.
        nothing = seen["stock nothing"].get(page, voucher)
        cells = [str(nothing.queries), f"{voucher.queries - nothing.queries:+}"]
        for who, base in (("nothing", nothing), ("voucher", voucher), ("friend", nothing)):
            if page not in seen[who]:
                cells.append("")
                continue
            extra = seen[who][page].queries - base.queries
            cells.append(f"{extra:+}")
            if extra > budget(who, page) and not (who == "friend" and page in NO_BUDGET):
                exceeded.append(
                    f"{size:,} codes, {page}, {who}: {extra:+}, not {budget(who, page):+}"
                )
        for who, base in (("nothing", "stock nothing"), ("friend", "stock voucher")):
            if page in seen[who]:
                cells.append(f"{seen[who][page].seconds / seen[base][page].seconds:.2f}")
            else:
                cells.append("")
        print(f"| {page} | {' | '.join(cells)} |", flush=True)
    return exceeded


def budget(who: str, page: str) -> int:
    """The queries that a page may cost more than in stock Oscar."""
    own, elsewhere = BUDGETS[who]
    return own.get(page, elsewhere)


def growth(sizes: tuple[int, ...], seen: list[dict[str, Visit]]) -> list[str]:
    """Where a page costs more queries at a larger size than at the smallest."""
    return [
        f"{page}, {who}: {visit[page].queries} queries with {size:,} codes, "
        f"{seen[0][who][page].queries} with {sizes[0]:,}"
        for size, visits in zip(sizes[1:], seen[1:], strict=True)
        for who, visit in visits.items()
        for page in visit
        if visit[page].queries > seen[0][who][page].queries
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", OURS)
    django.setup()
    if sys.argv[1:] == ["stock"]:
        serve_stock()
    else:
        sys.exit(main(tuple(int(size) for size in sys.argv[1:]) or SIZES))
