"""Caches in front of the website forget what a change of the program makes out of date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from wagtail import blocks
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Site

from oscar_referrals.checkout.offer_state import tell_changes
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.publish import publish
from oscar_referrals.programs.statements import Finding, Kind
from oscar_referrals.programs.waivers import waive, withdraw
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.wagtail.test_program_pages import made
from tests.wagtail.website import home, next_version, rewrite
from wagtail_referrals import purge
from wagtail_referrals.blocks import ReferralBlocks
from wagtail_referrals.models import (
    ReferralAdvocatePage,
    ReferralLandingPage,
    ReferralOverviewPage,
    ReferralSettings,
    ReferralTermsMixin,
)

PURGED: set[str] = set()


class Remembering(BaseBackend):
    """A cache that only remembers what it was told to forget."""

    def purge(self, url: str) -> None:
        PURGED.add(url)


@pytest.fixture(autouse=True)
def cache(settings: Any) -> None:
    PURGED.clear()
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Remembering"}}
    # Else every address is purged once more for each language.
    settings.WAGTAILFRONTENDCACHE_LANGUAGES = []


@pytest.fixture
def overview(page_tree: None) -> Any:
    return made(ReferralOverviewPage)


def test_it_is_told_after_the_commit_of_every_change(
    live: Any, pages: Any, overview: Any, django_capture_on_commit_callbacks: Any
) -> None:
    share = made(ReferralAdvocatePage)
    welcome = made(ReferralLandingPage)
    terms = pages["en-gb"]
    ours = {page.full_url for page in (overview, share, welcome, terms)}
    below = ("versions/", "changes/", "version/1/", "version/1/edition/1/")
    ours |= {f"{page.full_url}{path}" for page in pages.values() for path in ("", *below)}
    version = next_version(live)
    terms = rewrite(terms, "Words for the second version.", version=version)
    for change in (
        lambda: lifecycle.pause(program=live),
        lambda: lifecycle.resume(program=live),
        lambda: lifecycle.stop(program=live),
        lambda: lifecycle.end(program=live),
    ):
        PURGED.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
            assert not PURGED
        assert ours <= PURGED
    assert home().full_url not in PURGED


def test_a_new_version_and_a_website_s_settings_count_as_changes(
    live: Any, pages: Any, overview: Any, django_capture_on_commit_callbacks: Any
) -> None:
    version = next_version(live)
    for page in pages.values():
        rewrite(page, "Words for the second version.", version=version)
    PURGED.clear()
    with django_capture_on_commit_callbacks(execute=True):
        publish(version=version)
    assert overview.full_url in PURGED
    PURGED.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ReferralSettings.objects.create(site=Site.objects.get(), program=live)
    assert overview.full_url in PURGED


def test_what_is_let_pass_in_blocks_and_refused_again_counts_as_a_change(
    live: Any, overview: Any, django_capture_on_commit_callbacks: Any
) -> None:
    finding = Finding(kind=Kind.MONEY, figure="RM 98", sentence="I got RM 98!")
    for version, is_shown in ((live.current_version, True), (next_version(live), False)):
        PURGED.clear()
        with django_capture_on_commit_callbacks(execute=True):
            waiver = waive(finding=finding, version=version, language="en-gb", reason="A tale.")
        assert (overview.full_url in PURGED) is is_shown
        PURGED.clear()
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(waiver=waiver, reason="It is none.")
        assert (overview.full_url in PURGED) is is_shown


def test_the_first_and_the_last_day_count_as_changes(
    overview: Any, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    del settings.OSCAR_REFERRALS["TERMS_SOURCE"]
    begins = now() + timedelta(hours=1)
    live_program(starts_at=begins, ends_at=begins + timedelta(hours=2))
    told = []
    for hours in (-1, -1, 0, 1, 2, 3):
        PURGED.clear()
        with django_capture_on_commit_callbacks(execute=True):
            tell_changes(now=begins + timedelta(hours=hours))
        told.append(overview.full_url in PURGED)
    assert told == [True, False, True, False, True, False]


def test_what_a_code_s_invitation_says_is_kept_by_no_cache(live: Any, client: Any) -> None:
    page = made(ReferralLandingPage)
    code = code_for(advocate=advocate(live))
    answer = client.get(f"{page.url}{code.code}/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert page.get_cached_paths() == ["/"]


def test_new_words_of_the_terms_are_purged_once_they_are_in_force(
    live: Any, pages: Any, overview: Any
) -> None:
    PURGED.clear()
    rewrite(pages["en-gb"], "Other words for the same version.")
    below = ("version/1/", "version/1/edition/1/", "version/1/edition/2/")
    assert {f"{pages['en-gb'].full_url}{path}" for path in below} <= PURGED
    assert overview.full_url not in PURGED


def test_a_page_of_another_kind_is_found_by_the_blocks_in_it(
    page_tree: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "KINDS", (ReferralTermsMixin,))
    shows = made(ReferralOverviewPage, body=[("referral_steps", {"heading": "", "side": "friend"})])
    says = made(ReferralLandingPage, body=[("text", "<p>About referral_steps.</p>")])
    draft = made(ReferralAdvocatePage, opening=[("referral_end_date", {})])
    draft.unpublish()
    PURGED.clear()
    assert purge.purge_pages() == 1
    assert PURGED == {shows.full_url} != {says.full_url}


def test_blocks_are_found_however_deep_a_shop_puts_them() -> None:
    class Column(blocks.StructBlock):
        content = blocks.ListBlock(ReferralBlocks())

    class Body(blocks.StreamBlock):
        text = blocks.TextBlock()
        columns = blocks.ListBlock(Column())

    assert purge.names_of_blocks(Body()) == {"columns"}
    assert "referral_steps" in purge.names_of_blocks(ReferralBlocks())


def test_many_pages_are_told_in_portions(overview: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made(ReferralAdvocatePage)
    made(ReferralLandingPage)
    monkeypatch.setattr(purge, "AT_ONCE", 2)
    PURGED.clear()
    assert purge.purge_pages() == len(PURGED) == 3


def test_without_a_cache_nothing_is_asked(overview: Any, settings: Any) -> None:
    del settings.WAGTAILFRONTENDCACHE
    with CaptureQueriesContext(connection) as queries:
        assert purge.purge_pages() == 0
    assert not queries.captured_queries
