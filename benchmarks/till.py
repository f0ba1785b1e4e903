"""The pages of a shopper with nothing, with a plain voucher of Oscar's, and with a friend's code.

    python -m benchmarks.till                              # 10 and 100,000 codes, on SQLite
    python -m tests.postgres python -m benchmarks.till     # on a PostgreSQL of its own

Three lines in the basket; the code has a minimum spend, the new-customer rule and a frozen list of
products. Queries are exact; times are medians of a noisy machine, so only their ratio to the
shopper with nothing is shown.
"""

from __future__ import annotations

import os
import sys
from statistics import median
from time import perf_counter
from typing import Any

import django

SIZES = (10, 100_000)
ROUNDS = 15


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Build a shop in a database of its own, measure it at each size, print a table each."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        shop = Shop()
        for size in sizes:
            shop.grow_to(size)
            shop.report(size)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


class Shop:
    """Three products on sale, a live program and a plain voucher."""

    def __init__(self) -> None:
        from oscar.core.loading import get_model

        from oscar_referrals.test.factories import live_program, referral_code
        from tests.shop import product, shop_voucher

        self.items = [product("50.00") for _ in range(3)]
        on_sale = get_model("offer", "Range").objects.create(name="On sale")
        for item in self.items:
            on_sale.add_product(item)
        self.program = live_program(friend={"value": 2000, "minimum": 8000, "range": on_sale})
        self.code = referral_code(self.program)
        shop_voucher("PLAIN", percent=10)

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

    def report(self, size: int) -> None:
        """Print queries, and times as ratios to the shopper with nothing."""
        from django.db import connection

        from oscar_referrals.sharing.models import ReferralCode

        codes = ReferralCode.objects.count()
        print(f"\n{connection.vendor}, {codes:,} codes")
        print(f"{'page':<12}{'nothing':>9}{'plain voucher':>18}{'our code':>18}")
        columns = [self.visits(code) for code in ("", "PLAIN", self.code.code)]
        for page in columns[0]:
            queries, times = zip(*(column[page] for column in columns), strict=True)
            cells = [f"+{queries[i] - queries[0]} q, {times[i] / times[0]:.2f} x" for i in (1, 2)]
            print(f"{page:<12}{queries[0]:>7} q{cells[0]:>18}{cells[1]:>18}")

    def visits(self, code: str) -> dict[str, tuple[int, float]]:
        """Queries and median seconds of each page, over several new customers."""
        from tests.shop import Visitor, customer

        seen: dict[str, list[tuple[int, float]]] = {}
        for _round in range(ROUNDS):
            visitor = Visitor(customer())
            for item in self.items:
                visitor.add(item)
            if code:
                visitor.enter(code)
            visitor.get("basket:summary")
            for page, (name, action) in PAGES.items():
                if page == "preview":
                    visitor.to_preview()
                seen.setdefault(page, []).append(measure(visitor, name, action))
        return {
            page: (max(queries for queries, _time in rows), median(time for _q, time in rows))
            for page, rows in seen.items()
        }


PAGES = {
    "basket": ("basket:summary", "get"),
    "catalogue": ("catalogue:index", "get"),
    "preview": ("checkout:preview", "get"),
    "order": ("checkout:preview", "order"),
}


def measure(visitor: Any, name: str, action: str) -> tuple[int, float]:
    """Queries and seconds of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    with CaptureQueriesContext(connection) as queries:
        started = perf_counter()
        if action == "order":
            visitor.client.post(reverse(name), {"action": "place_order"})
        else:
            visitor.client.get(reverse(name))
        seconds = perf_counter() - started
    return len(queries), seconds


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.projects.oscar_only.settings")
    django.setup()
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
