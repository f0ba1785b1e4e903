"""Walks through Oscar's own views in the project that is set up, and prints what each answered.

``DJANGO_SETTINGS_MODULE=… python -m tests.walk.walker``: one JSON list of steps on standard output.
It knows nothing of the referral apps, so that it walks the same way where they are not installed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import django
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import Resolver404, resolve, reverse

#: A moment for the whole walk, so that the dates on its pages are the same in every walk.
NOW = datetime.datetime(2026, 6, 1, 4, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Step:
    """One request and its answer."""

    who: str
    #: "opens" or "sends".
    does: str
    view: str
    status: int
    #: The view that a redirect leads to, or the path where no view answers, or "".
    leads_to: str
    queries: int
    #: Fingerprint of the page as a browser gets it, but for its tokens and white space.
    content: str


class Walker:
    """One person with a browser of their own, who writes down every step."""

    def __init__(self, name: str, steps: list[Step], user: Any = None) -> None:
        self.name = name
        self.steps = steps
        self.client = Client()
        if user is not None:
            self.client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def open(self, view: str, *args: Any, query: str = "") -> None:
        """Look at a page."""
        address = reverse(view, args=args) + query
        self._note("opens", view, partial(self.client.get, address))

    def send(self, view: str, *args: Any, **data: Any) -> None:
        """Send a form."""
        address = reverse(view, args=args)
        self._note("sends", view, partial(self.client.post, address, data))

    def _note(self, does: str, view: str, request: Callable[[], Any]) -> None:
        connection.queries_log.clear()
        with CaptureQueriesContext(connection) as captured:
            response = request()
        self.steps.append(
            Step(
                who=self.name,
                does=does,
                view=view,
                status=response.status_code,
                leads_to=destination(response.get("Location", "")),
                queries=sum(not brackets(query["sql"]) for query in captured),
                content=fingerprint(response),
            )
        )


def brackets(sql: str) -> bool:
    """The statement only begins or ends the transaction of those that count."""
    return sql.startswith(("BEGIN", "COMMIT"))


def destination(location: str) -> str:
    """Where a redirect leads, without the numbers of rows that differ from shop to shop."""
    path = urlsplit(location).path
    try:
        return resolve(path).view_name if path else ""
    except Resolver404:
        return path


def fingerprint(response: Any) -> str:
    """What a page shows, without what differs from one time to the next."""
    text = b"".join(response).decode(response.charset, "replace")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|csrf_token = "\w+"', "", text)
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:12]


def main() -> None:
    django.setup()
    setup_test_environment()
    # Two walks go on at once: each in a database of its own name, or in its own memory.
    on_a_server = connection.vendor == "postgresql"
    connection.settings_dict["TEST"]["NAME"] = f"walk_{os.getpid()}" if on_a_server else None
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with time_machine.travel(NOW, tick=False):
            steps = walk()
        json.dump([asdict(step) for step in steps], sys.stdout)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def walk() -> list[Step]:
    """All journeys, once to warm up whatever is cached and once to be written down."""
    from tests.walk import journeys
    from tests.walk.goods import stock_the_shop

    goods = stock_the_shop()
    if apps.is_installed("oscar_referrals"):
        from oscar_referrals.test.factories import live_program, referral_code

        referral_code(live_program())
    steps: list[Step] = []
    for round_ in ("first", "second"):
        steps.clear()
        journeys.visitor(Walker("a visitor", steps), goods)
        journeys.malay(Walker("a Malay reader", steps), goods)
        journeys.guesser(Walker("a guesser", steps), goods)
        journeys.guest(Walker("a guest", steps), goods, f"{round_}@example.com")
        journeys.customer(Walker("a customer", steps), goods, round_)
        journeys.staff(Walker("the staff", steps, goods.staff), goods, round_)
    return steps


if __name__ == "__main__":
    main()
