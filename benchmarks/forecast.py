"""The forecast of a draft with very many past orders.

    python -m benchmarks.forecast                                       # 100,000 orders, SQLite
    python -m tests.postgres python -m benchmarks.forecast              # the same, PostgreSQL

Orders of the last 90 days with two lines each, two orders per customer, copied by the database
from one order of the shop. The draft has every trigger, tiers, limits and a budget.
"""

from __future__ import annotations

import os
import sys
from time import perf_counter, process_time
from typing import Any

import django

from benchmarks.liability import NOW, copy, database

ORDERS = 100_000
DAYS = 90
LINES = 2


def main(number: int) -> int:
    """Fill a database, then ask with and without a number of advocates."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from oscar_referrals.insight.forecast import forecast

    with database():
        fill(number)
        version = draft()
        for advocates in (None, 1000):
            with CaptureQueriesContext(connection) as queries:
                started, worked = perf_counter(), process_time()
                found = forecast(version, days=DAYS, advocates=advocates, now=NOW)
                seconds, work = perf_counter() - started, process_time() - worked
            [row] = found.currencies
            print(
                f"{row.orders:,} orders, {row.qualifying:,} friends, "
                f"{advocates or 'unknown'} advocates: {seconds:.1f} s "
                f"({work:.1f} s at work), "
                f"{len(queries)} queries, load {os.getloadavg()[0]:.1f}"
            )
    return 0


def draft() -> Any:
    """A draft in which everything has to be counted."""
    from oscar_referrals.test.factories import draft_version

    return draft_version(
        friend_delivery={"maximum": 1000},
        more=[
            {"side": "advocate", "trigger": "sign_up", "kind": "credit", "value": 100},
            {"side": "advocate", "trigger": "nth_order", "number": 2, "percent": 10},
            {"side": "advocate", "trigger": "order_over", "threshold": 15000, "value": 300},
            {"side": "advocate", "trigger": "milestone", "number": 5, "value": 2000},
            {
                "side": "advocate",
                "trigger": "every_nth",
                "number": 10,
                "kind": "credit",
                "value": 500,
                "tiers": {3: {"currency": "MYR", "value": 900}},
            },
        ],
        limits=[
            {"scope": "advocate", "window": "month", "amount": 20},
            {"scope": "friend", "window": "ever", "amount": 3},
            {"scope": "program", "currency": "MYR", "amount": 10**12},
        ],
    )


def fill(number: int) -> None:
    """An order by the tests' own hands, and as many copies as are asked for."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from oscar.core.loading import get_model

    from oscar_referrals.members.models import KnownOrder
    from tests.insight.test_forecast import past

    placed = past("100.00", days_ago=200)
    customers = number // 2
    moment = placed_at()
    with connection.cursor() as cursor:
        copy(
            cursor,
            get_user_model(),
            placed.user_id,
            customers,
            {
                "id": "1000 + n",
                "username": "'c' || n",
                "email": "'c' || n || '@shop.example'",
                "date_joined": moment,
            },
        )
        copy(
            cursor,
            get_model("order", "Order"),
            placed.pk,
            number,
            {
                "id": "1000 + n",
                "number": "'b' || n",
                "user_id": f"1001 + n % {customers}",
                "date_placed": moment,
                "shipping_incl_tax": "n % 12",
            },
        )
        copy(
            cursor,
            KnownOrder,
            KnownOrder.objects.get(order_number=placed.number).pk,
            number,
            {
                "id": "1000 + n",
                "order_number": "'b' || n",
                "email_key": f"'c' || (n % {customers})",
                "placed_at": moment,
            },
        )
        line = placed.lines.get()
        copy(
            cursor,
            type(line),
            line.pk,
            LINES * number,
            {"id": "1000 + n", "order_id": f"1001 + (n - 1) / {LINES}"},
        )
        cursor.execute("ANALYZE")


def placed_at() -> str:
    """When order n was placed, as SQL."""
    from django.db import connection

    now = f"{NOW:%Y-%m-%d %H:%M:%S}"
    minutes = f"(n % {DAYS * 1440 - 1} + 1)"
    if connection.vendor == "postgresql":
        return f"timestamptz '{now}+00' - {minutes} * interval '1 minute'"
    return f"strftime('%Y-%m-%d %H:%M:%S', '{now}', '-' || {minutes} || ' minutes')"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.projects.oscar_only.settings")
    django.setup()
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ORDERS))
