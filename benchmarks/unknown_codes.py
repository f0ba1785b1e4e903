"""Can somebody tell from the time of an answer whether a code ever existed?

    python -m benchmarks.unknown_codes                              # on SQLite
    python -m tests.postgres python -m benchmarks.unknown_codes     # on a PostgreSQL of its own

Codes that never existed, that are blocked, and whose time is over after they were replaced are
asked for in random order, each once: by their links, from an address each, and in the voucher box
of one basket. A second lot of codes that never existed shows what chance does, and live ones show
that a difference would be seen.

What is shown is how often the one of two random answers that took longer was not to the code that
never existed: 50 % where time tells nothing. It asks for no mean and no spread, so a busy machine
blurs it and turns it to neither side. Fails where it is more than four standard errors away.
"""

from __future__ import annotations

import os
import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import count
from math import sqrt
from statistics import median
from typing import Any

import django

from benchmarks.till import OURS, ReferralShop, database
from benchmarks.touches import AGENT, timed

EACH = 300
NEVER, AGAIN, BLOCKED, REPLACED, LIVE = (
    "never existed",
    "never existed, again",
    "blocked",
    "replaced",
    "live",
)
#: May be told from each other by time: the page of a live one is another page.
DIFFERENT = {LIVE}
_address = count(1)


def main() -> int:
    """Measure both ways, print the table."""
    from django.conf import settings
    from django.db import connection
    from django.test import override_settings

    unlimited = {**getattr(settings, "OSCAR_REFERRALS", {}), "TRY_LIMIT": 10**9}
    telling = []
    with database(), override_settings(OSCAR_REFERRALS=unlimited):
        codes = codes_of(ReferralShop())
        print(
            f"{connection.vendor}\n\n| way | code | median | longer than one that never existed |"
        )
        print("| --- | --- | --: | --: |")
        ways: dict[str, Callable[[str], Any]] = {"link": by_link, "voucher box": typed()}
        for way, ask in ways.items():
            kinds = [kind for kind in codes if way == "link" or kind != LIVE]
            seen = ask_all({kind: codes[kind] for kind in kinds}, ask)
            for kind in kinds:
                share, error = longer(seen[kind], seen[NEVER])
                told = "" if kind == NEVER else f"{share:.0%} ± {2 * error:.0%}"
                print(f"| {way} | {kind} | {median(seen[kind]) * 1000:.1f} ms | {told} |")
                if abs(share - 0.5) > 4 * error and kind not in DIFFERENT:
                    telling.append(f"{way}: {kind}")
    print("\nTime tells: " + ("; ".join(telling) or "nothing"))
    return 1 if telling else 0


def codes_of(shop: ReferralShop) -> dict[str, list[str]]:
    """So many codes of each kind."""
    from datetime import timedelta

    from django.utils import timezone

    from oscar_referrals.sharing.alphabet import new_code
    from oscar_referrals.sharing.models import ReferralCode

    shop.grow_to(3 * EACH + 1)
    rows = list(ReferralCode.objects.exclude(pk=shop.code.pk).order_by("pk")[: 3 * EACH])
    lots = {
        kind: rows[number * EACH : (number + 1) * EACH]
        for number, kind in enumerate((BLOCKED, REPLACED, LIVE))
    }
    earlier = timezone.now() - timedelta(days=1)
    for kind, column in ((BLOCKED, "blocked_at"), (REPLACED, "retires_at")):
        ids = [code.pk for code in lots[kind]]
        ReferralCode.objects.filter(pk__in=ids).update(**{column: earlier})
    return {
        NEVER: [new_code() for _code in range(EACH)],
        AGAIN: [new_code() for _code in range(EACH)],
        **{kind: [code.code for code in lot] for kind, lot in lots.items()},
    }


def ask_all(codes: dict[str, list[str]], ask: Callable[[str], Any]) -> dict[str, list[float]]:
    """Seconds of each answer, asked in random order so that all kinds see the same noise."""
    every = [(kind, code) for kind, lot in codes.items() for code in lot]
    random.Random(11).shuffle(every)
    # The first ones fill what is cached for all visitors.
    for _kind, code in every[:5]:
        ask(code)
    seen: dict[str, list[float]] = {kind: [] for kind in codes}
    for kind, code in every:
        seen[kind].append(timed(lambda code=code: ask(code)))
    return seen


def by_link(code: str) -> None:
    """The page of a link, for somebody new."""
    from django.test import Client
    from django.urls import reverse

    number = next(_address)
    client = Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
    client.get(reverse("referrals:landing", args=[code]), headers={"User-Agent": AGENT})


def typed() -> Callable[[str], None]:
    """The voucher box of a basket with goods."""
    from django.urls import reverse

    from tests.shop import Visitor, customer, product

    visitor = Visitor(customer())
    visitor.add(product("100.00"))

    def ask(code: str) -> None:
        visitor.client.post(reverse("basket:vouchers-add"), {"code": code})
        # Messages that nobody reads would pile up in the cookie.
        visitor.client.cookies.pop("messages", None)

    return ask


def longer(these: Sequence[float], those: Sequence[float]) -> tuple[float, float]:
    """How often one of these takes longer than one of those, ties half; and its standard error."""
    ordered = sorted(those)
    wins = sum((bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in these)
    n, m = len(these), len(those)
    return wins / (n * m), sqrt((n + m + 1) / (12 * n * m))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", OURS)
    django.setup()
    sys.exit(main())
