"""Earlier terms stay readable, with what changed; nothing else is found below a terms page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import publish
from tests.wagtail.website import WORDS, next_version, rewrite


@pytest.fixture
def history(live: Any, pages: Any) -> Any:
    """Version 1 in two editions in English, then version 2 with other figures."""
    rewrite(pages["en-gb"], "Be kind.")
    publish(version=next_version(live, friend_percent="12"))
    live.refresh_from_db()
    return live


def read(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_edition_of_each_version_has_an_address(client: Any, history: Any) -> None:
    first = read(client, "/terms/version/1/edition/1/")
    assert WORDS["en-gb"] in first
    assert TermsVersion.objects.get(version__number=1, language="en-gb", sequence=1).html in first
    assert "These are earlier terms." in first
    assert "noindex" in first
    last = read(client, "/terms/version/1/")
    assert "Be kind." in last
    assert "RM\u00a020" in last or "MYR\u00a020" in last
    current = read(client, "/terms/version/2/")
    assert "12%" in current
    assert "These are earlier terms." not in current


@pytest.mark.parametrize(
    "address",
    [
        "/terms/version/3/",
        "/terms/version/1/edition/3/",
        "/ms/terms/version/1/edition/2/",
        "/terms/version/x/",
        "/terms/changes/?from=1-1&to=9-9",
        "/terms/changes/?from=1-1&to=",
        "/terms/else/",
    ],
)
def test_what_never_was_is_not_found(client: Any, history: Any, address: str) -> None:
    assert client.get(address).status_code == 404


def test_before_the_program_begins_there_is_no_history(client: Any, pages: Any) -> None:
    assert client.get("/terms/versions/").status_code == 404
    assert client.get("/terms/changes/").status_code == 404
    assert client.get("/terms/version/1/").status_code == 404


def test_one_version_alone_has_nothing_to_be_compared_with(client: Any, live: Any) -> None:
    assert client.get("/terms/changes/").status_code == 404
    assert "changes/" not in read(client, "/terms/versions/")


def test_the_list_names_every_edition_with_its_days(client: Any, history: Any) -> None:
    shown = read(client, "/terms/versions/")
    assert "In force since" in shown
    assert shown.count("In force from") == 2
    for address in ("version/2/edition/1/", "version/1/edition/2/", "version/1/edition/1/"):
        assert f'href="/terms/{address}"' in shown
    assert 'href="/terms/changes/?from=1-2&amp;to=2-1"' in shown
    assert "edition/2" not in read(client, "/ms/terms/versions/")


def test_what_changed_is_shown_with_words_and_not_colour_alone(client: Any, history: Any) -> None:
    shown = read(client, "/terms/changes/")
    assert "<ins>12%</ins>" in shown
    assert "<del>" in shown
    assert ">Before</p>" in shown
    assert "Be kind." not in shown
    wording = read(client, "/terms/changes/?from=1-1&to=1-2")
    assert "Be kind." in wording
    assert "12%" not in wording
    # Whichever way they are asked for, the older one stands first.
    turned = read(client, "/terms/changes/?from=1-2&to=1-1")
    assert wording.partition("wr-changes")[2] == turned.partition("wr-changes")[2]
    assert "The two say the same." in read(client, "/terms/changes/?from=1-1&to=1-1")


@pytest.mark.parametrize("address", ["/terms/versions/", "/terms/changes/", "/terms/version/1/"])
def test_the_history_costs_few_queries_however_long_it_is(
    client: Any, history: Any, pages: Any, address: str
) -> None:
    def ours() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        return sum('"oscar_referrals_' in query["sql"] for query in queries)

    read(client, address)
    before = ours()
    assert before <= 4
    rewrite(pages["en-gb"], "Be kinder.")
    rewrite(pages["en-gb"], "Be kindest.")
    assert ours() == before
