"""Pages are read again only where something has changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oscar_referrals.programs.contradictions import Reader
from oscar_referrals.programs.forbidden_phrases import forbid
from oscar_referrals.programs.refused import problems_elsewhere, refused_elsewhere
from oscar_referrals.programs.waivers import waive
from tests.wagtail.test_page_words import overview
from tests.wagtail.website import next_version

pytestmark = [pytest.mark.django_db, pytest.mark.wagtail]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read since it was emptied."""
    texts: list[str] = []
    really = Reader.read

    def reading(self: Reader, text: str, language: str) -> Any:
        texts.append(text)
        return really(self, text, language)

    monkeypatch.setattr(Reader, "read", reading)
    return texts


def test_a_page_is_read_again_when_it_or_the_version_or_the_list_has_changed(
    live: Any, read: list[str]
) -> None:
    page = overview(("text", "<p>Friends get RM 20 off from RM 80.</p>"))
    other = overview(("text", "<p>Nothing but coffee.</p>"), slug="other")
    version = live.current_version
    assert problems_elsewhere(version) == []
    assert len(read) == 2
    read.clear()
    assert problems_elsewhere(version) == []
    assert read == []
    # What nobody saved as a revision is read as well.
    page.body = [("text", "<p>Friends get RM 30 off.</p>")]
    page.save()
    (problem,) = problems_elsewhere(version)
    assert "RM 30" in problem
    assert len(read) == 1
    assert problems_elsewhere(version) == [problem]
    assert len(read) == 1
    read.clear()
    forbid(language="en", phrase="nothing but coffee")
    assert len(problems_elsewhere(version)) == 2
    assert len(read) == 2
    other.unpublish()
    read.clear()
    following = next_version(live, friend_percent="10")
    assert len(problems_elsewhere(following)) == 1
    assert len(read) == 1


def test_what_is_let_pass_counts_at_once(live: Any) -> None:
    overview(("text", "<p>Friends get RM 30 off.</p>"))
    version = live.current_version
    (refused,) = refused_elsewhere(version)
    waive(finding=refused.finding, version=version, language="en", reason="An old offer.")
    assert refused_elsewhere(version) == []


def test_more_pages_cost_no_more_queries(live: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            problems_elsewhere(live.current_version)
        return len(found)

    overview(("text", "<p>Friends get RM 30 off.</p>"))
    before = queries()
    for number in range(3):
        overview(("text", f"<p>Page {number}: RM 31 off for friends.</p>"), slug=f"p{number}")
    assert queries() <= before
