"""Oscar's own views answer with the referral apps as they do without them.

The same people walk through two shops at once, each in a process of its own: one stock, one with
the apps, a live program and an advocate's code. None of them has anything to do with a referral.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLResolver

# The first test waits for both walks.
pytestmark = pytest.mark.timeout(900)

Step = dict[str, Any]

#: The queries by which we may cost somebody without a referral more, where it is any.
MORE = {
    # Whoever signs in may be an advocate, or have claimed an offer on another device.
    ("sends", "customer:login"): 2,
    ("sends", "customer:register"): 2,
    # Any code may be one of ours, or one that an advocate has chosen.
    ("sends", "basket:vouchers-add"): 2,
    ("sends", "basket:vouchers-remove"): 1,
    # The customer is remembered.
    ("sends", "checkout:preview"): 1,
    # The invitation to share.
    ("opens", "checkout:thank-you"): 2,
    # The invitation above one's orders; and the question who has invited one.
    ("opens", "customer:order-list"): 2,
    ("opens", "customer:order"): 2,
}
#: The account's menu leads to the program, if one is live, which is asked once a minute.
IN_THE_MENU = "customer:"
ONCE_A_MINUTE = 1
#: The same for the staff, on the pages of orders, customers and vouchers that show or guard ours.
MORE_FOR_STAFF = 2
#: Pages that list our rows beside the shop's, or delete what ours may hang on.
OF_OUR_ROWS = {"dashboard:voucher-set-list", "dashboard:voucher-delete"}


@pytest.fixture(scope="module")
def walks() -> list[tuple[Step, Step]]:
    """Each step of the two walks, without and with the apps; they go on side by side."""
    started = {
        project: subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.walk.walker"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": f"tests.projects.{project}.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for project in ("stock", "oscar_only")
    }
    answers = {project: process.communicate() for project, process in started.items()}
    for project, process in started.items():
        assert process.returncode == 0, f"The walk through {project} broke:\n{answers[project][1]}"
    stock, ours = (json.loads(output) for output, _errors in answers.values())
    return list(zip(stock, ours, strict=True))


def told(step: Step, *what: str) -> str:
    return " ".join(str(step[key]) for key in ("who", "does", "view", *what))


def test_the_walk_knows_every_address_of_oscars(walks):
    walked = {stock["view"] for stock, _ours in walks}
    patterns, _app, _namespace = apps.get_app_config("oscar").urls
    assert set(names(patterns)) - walked == set()


def names(patterns: list[Any], namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all views below some URL patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from names(pattern.url_patterns, inner)
        elif pattern.name:
            yield ":".join((*namespaces, pattern.name))


def test_every_view_answers_and_leads_on_as_before(walks):
    without = [told(stock, "status", "leads_to") for stock, _ours in walks]
    with_us = [told(ours, "status", "leads_to") for _stock, ours in walks]
    assert with_us == without


def test_no_view_fails_in_either_shop(walks):
    assert [told(stock, "status") for stock, _ours in walks if stock["status"] >= 400] == []


def test_who_is_not_referred_pays_no_query(walks):
    dearer = []
    asked = 0
    for stock, ours in walks:
        if stock["who"] == "the staff":
            continue
        more = ours["queries"] - stock["queries"] - MORE.get((stock["does"], stock["view"]), 0)
        if more == ONCE_A_MINUTE and stock["view"].startswith(IN_THE_MENU):
            asked += 1
        elif more > 0:
            dearer.append(f"{told(ours, 'queries')} instead of {stock['queries']}")
    assert dearer == []
    # The walk takes a minute or two on a busy machine.
    assert asked <= 4


def test_the_dashboard_pays_only_where_it_shows_or_guards_ours(walks):
    dearer = [
        f"{told(ours, 'queries')} instead of {stock['queries']}"
        for stock, ours in walks
        if stock["who"] == "the staff"
        and stock["view"] not in OF_OUR_ROWS
        and ours["queries"] - stock["queries"] > MORE_FOR_STAFF
    ]
    assert dearer == []


def test_the_shop_looks_as_before_to_a_visitor_and_a_buyer(walks):
    """Letter by letter; only the account has one more entry, and the thank-you page invites."""
    changed = [
        told(ours)
        for stock, ours in walks
        if stock["who"] in ("a visitor", "a guest", "a customer")
        and stock["content"] != ours["content"]
        and stock["view"] != "checkout:thank-you"
        and not (stock["who"] == "a customer" and stock["view"].startswith("customer:"))
    ]
    assert changed == []
