"""What visitors read is the frozen terms of the program's current version, in their language."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import publish
from tests.wagtail.website import WORDS, fresh, next_version, rewrite, words


def read(client: Any, address: str = "/terms/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "address"), [("en-gb", "/terms/"), ("ms", "/ms/terms/"), ("id", "/id/terms/")]
)
def test_each_language_shows_its_own_frozen_words(
    client: Any, live: Any, language: str, address: str
) -> None:
    shown = read(client, address)
    terms = TermsVersion.objects.get(language=language)
    assert terms.html in shown
    assert escape(WORDS[language]) in shown


def test_what_was_not_frozen_is_not_shown(client: Any, live: Any, pages: Any) -> None:
    page = fresh(pages["en-gb"])
    page.own_terms = words("Not frozen yet.")
    page.save(clean=False)
    assert "Not frozen yet." not in read(client)


def test_words_for_the_next_version_are_not_shown(client: Any, live: Any, pages: Any) -> None:
    draft = next_version(live, friend_percent="12")
    rewrite(pages["en-gb"], "For version two.", version=draft)
    shown = read(client)
    assert "For version two." not in shown
    assert WORDS["en-gb"] in shown
    rewrite(pages["ms"], "Untuk versi dua.", version=draft)
    rewrite(pages["id"], "Untuk versi dua.", version=draft)
    publish(version=draft)
    assert "For version two." in read(client)


def test_before_the_program_begins_nothing_is_promised(client: Any, pages: Any) -> None:
    shown = read(client)
    assert "The terms will be published here" in shown
    assert "noindex" in shown
    assert WORDS["en-gb"] not in shown
    assert "20" not in shown.partition("wr-terms")[2].partition("</article>")[0]


def test_version_and_edition_are_told(client: Any, live: Any, pages: Any) -> None:
    rewrite(pages["en-gb"], "Be kind.")
    shown = read(client)
    assert "Version 1, edition 2" in shown
    assert "noindex" not in shown


def test_a_paused_program_says_so(client: Any, live: Any) -> None:
    lifecycle.pause(program=live)
    assert "The program is paused" in read(client)


def test_an_ended_program_says_so_and_keeps_its_terms(client: Any, live: Any) -> None:
    lifecycle.end(program=live)
    shown = read(client)
    assert "The program has ended" in shown
    assert WORDS["en-gb"] in shown


def test_the_terms_cost_a_page_two_queries(client: Any, live: Any) -> None:
    client.get("/terms/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/terms/")
    ours = [
        query["sql"]
        for query in queries
        if '"oscar_referrals_' in query["sql"] or '"wagtailcore_locale"."id" =' in query["sql"]
    ]
    assert len(ours) == 2, ours
