"""What a click on a share link costs, and what it costs everybody else.

    python -m benchmarks.touches                             # 0 and 2,000,000 touches, on SQLite
    python -m tests.postgres python -m benchmarks.touches    # and beside a checkout, on PostgreSQL

Three things are measured. The page of a code and the row it writes, with an empty table and with a
full one: each click comes from an address of its own, so that each is counted. A product page, in
stock Oscar and with the apps, for visitors without a session, with one, and with an offer they have
taken: two processes that take turns. And a friend's whole checkout while other processes click as
often as they are asked to. Beside it the same processes look the codes up and write nothing, and
take as much of the processors as the clicks did, which tells the rows' share and the database's
from that of two busy cores.

A click of the load is what a click asks of the database, its look-up and its insert: two cores
can't render so many pages. Times are those of this machine; compare within one run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter, sleep
from typing import Any

import django

from benchmarks.till import OURS, STOCK, ReferralShop, Shop, database, measure

SIZES = (0, 2_000_000)
#: How often each page is opened, and how many checkouts there are of each kind.
PAGES, CHECKOUTS = 200, 10
CODES = 1_000
DAYS = 395
CLICKS_PER_SECOND, CLICKERS = 500, 2
AGENT = "Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/140.0 Mobile"
#: Kinds of visitors of a product page, in both shops.
NOBODY, SESSION, REFERRED = "no session", "a session", "an offer taken"
#: The load that asks the database nothing; how long the clicks are watched before it; and where
#: the kernel says what the processors did.
AS_BUSY = "processors as busy"
SECONDS = 5
STATISTICS = Path("/proc/stat")
#: What runs while something else is measured: its name, and where its rate is added.
Load = Callable[[str, list[float]], AbstractContextManager[None]]
_address = count(1)


def main(sizes: tuple[int, ...]) -> int:
    """Measure all, print the tables."""
    from django.db import connection

    with stock_shop() as stock, database():
        shop = TouchShop()
        print(
            f"{connection.vendor}\n\n| touches | what | median | p95 |\n| --: | --- | --: | --: |"
        )
        for size in sizes:
            shop.grow_touches(size)
            for what, seconds in shop.clicks().items():
                print(f"| {size:,} | {what} | {figures(seconds)} |", flush=True)
        product_pages(shop, stock)
        if connection.vendor == "postgresql":
            beside_a_checkout(shop)
        else:
            print("\nSQLite has one writer at a time, so nothing is clicked beside a checkout.")
    return 0


class TouchShop(ReferralShop):
    """A live program with codes, and as many touches as asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.grow_to(CODES)

    def touches(self) -> int:
        """How many there are."""
        from oscar_referrals.sharing.models import Touch

        return Touch.objects.count()

    def grow_touches(self, size: int) -> None:
        """Write touches of the last year until there are ``size``."""
        from django.db import connection
        from django.utils import timezone

        from oscar_referrals.sharing.models import ReferralCode, Touch

        dice, now = random.Random(7), timezone.now()
        codes = list(ReferralCode.objects.values_list("pk", flat=True))
        missing = size - self.touches()
        while missing > 0:
            batch = min(missing, 20_000)
            Touch.objects.bulk_create(
                [
                    Touch(
                        program=self.program,
                        version=self.program.current_version,
                        code_id=dice.choice(codes),
                        method="link",
                        occurred_at=now - timedelta(seconds=dice.randrange(DAYS * 86_400)),
                        channel=dice.choice(("copy", "whatsapp", "email", "qr")),
                        visitor=f"{dice.getrandbits(128):032x}" if dice.random() < 0.2 else "",
                    )
                    for _row in range(batch)
                ],
                batch_size=2_000,
            )
            missing -= batch
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def clicks(self) -> dict[str, list[float]]:
        """Seconds of each row written, page opened, and page opened by a program."""
        from oscar_referrals.sharing.links import share_path
        from oscar_referrals.sharing.models import ReferralCode
        from oscar_referrals.sharing.touches import record

        codes = list(ReferralCode.objects.select_related("program")[:CODES])
        version = self.program.current_version
        before = self.touches()
        seen: dict[str, list[float]] = {"row written": [], "page opened": [], "card for robots": []}
        for number in range(PAGES + 1):
            code = codes[number % len(codes)]
            path = share_path(code, version, channel="whatsapp")
            costs = {
                "row written": timed(lambda code=code: record(code=code, method="link")),
                "page opened": timed(lambda path=path: visit(path, AGENT)),
                "card for robots": timed(lambda path=path: visit(path, "WhatsApp/2.23.20.0")),
            }
            for what, seconds in costs.items():
                # The first ones fill what is cached for all visitors.
                if number:
                    seen[what].append(seconds)
        assert self.touches() - before == 2 * (PAGES + 1), "every click has to be counted"
        return seen


def visit(path: str, agent: str) -> Any:
    """A page opened by somebody new."""
    from django.test import Client

    number = next(_address)
    client = Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
    response = client.get(path, headers={"User-Agent": agent})
    assert response.status_code == 200, response.status_code
    return response


def timed(act: Callable[[], Any]) -> float:
    """Seconds of one act."""
    started = perf_counter()
    act()
    return perf_counter() - started


def product_pages(shop: Shop, stock: Callable[[str], tuple[int, float]]) -> None:
    """Open a product page in both shops by turns, and print what it costs."""
    pages = ProductPages(shop)
    kinds = [("stock Oscar", NOBODY), ("stock Oscar", SESSION)]
    kinds += [("with the apps", NOBODY), ("with the apps", SESSION), ("with the apps", REFERRED)]
    seen: dict[tuple[str, str], list[tuple[int, float]]] = {kind: [] for kind in kinds}
    for number in range(PAGES + 1):
        for where, who in kinds:
            cost = stock(who) if where == "stock Oscar" else pages.cost(who)
            if number:
                seen[where, who].append(cost)
    print(
        "\n| product page | visitor | queries | median | p95 | median to stock Oscar |\n"
        "| --- | --- | --: | --: | --: | --: |"
    )
    for (where, who), costs in seen.items():
        base = seen["stock Oscar", NOBODY if who == NOBODY else SESSION]
        ratio = median(s for _q, s in costs) / median(s for _q, s in base)
        queries = max(queries for queries, _seconds in costs)
        print(
            f"| {where} | {who} | {queries} | {figures([s for _q, s in costs])} | {ratio:.2f} |",
            flush=True,
        )


class ProductPages:
    """One product page, opened by visitors of several kinds."""

    def __init__(self, shop: Shop) -> None:
        from django.test import Client
        from django.urls import reverse

        item = shop.items[0]
        self.path = reverse("catalogue:detail", args=[item.slug, item.pk])
        self.clients = {who: Client() for who in (NOBODY, SESSION, REFERRED)}
        session = self.clients[SESSION].session
        session["anything"] = 1
        session.save()
        self.clients[SESSION].cookies["sessionid"] = session.session_key
        if isinstance(shop, ReferralShop):
            from oscar_referrals.sharing.links import share_path

            self.clients[REFERRED].post(share_path(shop.code))
            # The message about it is shown once.
            self.clients[REFERRED].get(self.path)

    def cost(self, who: str) -> tuple[int, float]:
        """Queries and seconds of one visit."""
        found = measure(lambda: self.clients[who].get(self.path))
        return found.queries, found.seconds


@contextmanager
def stock_shop() -> Iterator[Callable[[str], tuple[int, float]]]:
    """A shop without the apps, in a process that has never loaded them."""
    process = child("stock", settings=STOCK)

    def ask(who: str) -> tuple[int, float]:
        print(who, file=process.stdin, flush=True)
        queries, seconds = says(process).split()
        return int(queries), float(seconds)

    try:
        yield ask
    finally:
        process.communicate()


def serve_stock() -> None:
    """The other end of `stock_shop`."""
    with database():
        pages = ProductPages(Shop())
        for line in sys.stdin:
            print(*pages.cost(line.strip()), flush=True)


def beside_a_checkout(shop: TouchShop) -> None:
    """A friend's checkouts, by turns alone, beside look-ups and beside clicks."""
    modes = ("alone", "codes looked up", "codes clicked", AS_BUSY)
    seen: dict[str, list[tuple[float, float]]] = {mode: [] for mode in modes}
    rates: dict[str, list[float]] = {mode: [] for mode in modes}
    with clickers() as load:
        taken = processors_taken(load)
        for number in range(CHECKOUTS + 1):
            for mode in modes:
                with load(f"{mode} {taken / CLICKERS}" if mode == AS_BUSY else mode, rates[mode]):
                    costs = shop.visit(shop.code.code)
                # The first one fills what is cached for all visitors.
                if number:
                    whole = sum(cost.seconds for cost in costs.values())
                    seen[mode].append((whole, costs["place the order"].seconds))
    alone, alone_order = (median(column) for column in zip(*seen["alone"], strict=True))
    print(
        "\n| beside a checkout | per second | checkout, median | to alone | order placed, median "
        "| to alone |\n| --- | --: | --: | --: | --: | --: |"
    )
    for mode in modes:
        whole, order = (median(column) for column in zip(*seen[mode], strict=True))
        rate = f"{median(rates[mode]):.0f}" if mode.startswith("codes") else ""
        print(
            f"| {mode} | {rate} | {whole * 1000:.0f} ms | {whole / alone:.2f} "
            f"| {order * 1000:.0f} ms | {order / alone_order:.2f} |",
            flush=True,
        )


def processors_taken(load: Load) -> float:
    """How many processors the clicks keep busy, with the database's part in it."""
    with load("codes clicked", []):
        before = busy_seconds()
        sleep(SECONDS)
        taken = (busy_seconds() - before) / SECONDS
    print(f"\n{CLICKS_PER_SECOND} clicks a second take {taken:.2f} processors.", flush=True)
    return taken


def busy_seconds() -> float:
    """Seconds of all processors that weren't idle since the machine was started."""
    user, nice, system = (int(ticks) for ticks in STATISTICS.read_text().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


@contextmanager
def clickers() -> Iterator[Load]:
    """Other processes, and how to let them click, or only look, while something else is done."""
    from django.db import connection

    name, each = str(connection.settings_dict["NAME"]), str(CLICKS_PER_SECOND // CLICKERS)
    processes = [child("click", name, each) for _clicker in range(CLICKERS)]

    def tell(word: str) -> None:
        for process in processes:
            print(word, file=process.stdin, flush=True)

    @contextmanager
    def load(mode: str, rates: list[float]) -> Iterator[None]:
        if mode == "alone":
            yield
            return
        tell(mode)
        try:
            yield
        finally:
            tell("stop")
            rates.append(sum(float(says(process)) for process in processes))

    for process in processes:
        assert says(process) == "ready"
    try:
        yield load
    finally:
        for process in processes:
            process.communicate()


def click(name: str, rate: int) -> None:
    """The other end of `clickers`: by the words that come in; how many there were per second."""
    from django.db import connection

    from oscar_referrals.programs.kept_rules import load_current
    from oscar_referrals.sharing.codes import lookup_usable
    from oscar_referrals.sharing.models import ReferralCode
    from oscar_referrals.sharing.touches import record

    connection.close()
    connection.settings_dict["NAME"] = name
    codes = list(ReferralCode.objects.values_list("code", flat=True)[:CODES])
    print("ready", flush=True)
    # Line by line, since the thread reads the next one.
    while line := sys.stdin.readline():
        stopped = Event()
        Thread(target=lambda stopped=stopped: (sys.stdin.readline(), stopped.set())).start()
        started, done = perf_counter(), 0
        if line.startswith(AS_BUSY):
            keep_busy(float(line.removeprefix(AS_BUSY)), stopped)
        while not stopped.is_set():
            code = lookup_usable(codes[done % len(codes)])
            assert code is not None
            load_current(code.program)
            if line.strip() == "codes clicked":
                record(code=code, method="link", version=code.program.current_version)
            done += 1
            ahead = done / rate - (perf_counter() - started)
            if ahead > 0:
                sleep(ahead)
        print(done / (perf_counter() - started), flush=True)


def keep_busy(share: float, stopped: Event) -> None:
    """Take this share of a processor, in turns of a hundredth of a second."""
    while not stopped.is_set():
        begun = perf_counter()
        while perf_counter() - begun < share / 100:
            pass
        sleep(max(0, 0.01 - (perf_counter() - begun)))


def child(*arguments: str, settings: str = OURS) -> subprocess.Popen[str]:
    """Another process of this benchmark."""
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.touches", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def says(process: subprocess.Popen[str]) -> str:
    """The next line of a child."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def figures(seconds: list[float]) -> str:
    """Median and 95th percentile, as cells."""
    return f"{median(seconds) * 1000:.1f} ms | {quantiles(seconds, n=20)[-1] * 1000:.1f} ms"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", OURS)
    django.setup()
    if sys.argv[1:] == ["stock"]:
        serve_stock()
    elif sys.argv[1:2] == ["click"]:
        click(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(tuple(int(size) for size in sys.argv[1:]) or SIZES))
