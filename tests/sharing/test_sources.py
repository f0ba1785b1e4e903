"""What a request tells of the way by which a visitor came."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from oscar_referrals.sharing.sources import Source, source_of

LONG = "a" * 500


def came(query: Any = "", **headers: str) -> Source:
    return source_of(RequestFactory().get("/r/X/", query, headers=headers))


def test_our_tags_are_read_and_those_of_other_tools_where_ours_are_missing() -> None:
    other = {"utm_source": "Newsletter", "utm_medium": "mail", "utm_campaign": "Hari Raya 2026"}
    assert came(other) == Source(channel="newsletter", placement="mail", campaign="Hari Raya 2026")
    ours = came({"c": "whatsapp", "p": "portal", "k": "raya", **other})
    assert (ours.channel, ours.placement, ours.campaign) == ("whatsapp", "portal", "raya")
    assert came({"c": "qr", "utm_campaign": "x"}) == Source(channel="qr", campaign="x")


@pytest.mark.parametrize("junk", [LONG, "<b>", "a b", "'; --", "ünï", "\x00", "-", "{{x}}"])
def test_what_names_no_channel_is_left_out(junk: str) -> None:
    assert came({"c": junk, "p": junk}) == Source()


def test_a_campaign_is_one_printable_line_that_fits() -> None:
    assert came({"k": "a\r\nb\x00\u202ec  d"}).campaign == "a b c d"
    assert len(came({"k": LONG}).campaign) == 60


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [("/shop/coffee/?size=2#top", "/shop/coffee/"), ("//evil.example/", ""), ("/" + LONG, 200)],
)
def test_the_page_that_was_meant_is_kept_without_its_query(wanted: str, kept: Any) -> None:
    target = came({"next": wanted}).target
    assert target == kept or len(target) == kept


@pytest.mark.parametrize(
    ("referer", "kept"),
    [
        ("https://www.facebook.com/a?b", "www.facebook.com"),
        ("https://me:secret@t.me/a", "t.me"),
        ("http://testserver/shop/", ""),
        ("https://[broken", ""),
        ("https://a_<b>/", ""),
        ("", ""),
    ],
)
def test_only_the_host_of_another_site_is_kept(referer: str, kept: str) -> None:
    assert came(Referer=referer).source_host == kept


@pytest.mark.parametrize(
    ("answer", "consent"), [(None, ""), ("given", "given"), ("refused", "refused")]
)
def test_the_shops_consent_setting_is_asked(settings: Any, answer: Any, consent: str) -> None:
    if answer:
        settings.OSCAR_REFERRALS = {"COOKIE_CONSENT": f"tests.account.consent.{answer}"}
    assert came().consent == consent


def test_what_the_visitor_has_just_done_counts_before_the_setting(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"COOKIE_CONSENT": "tests.account.consent.refused"}
    request = RequestFactory().get("/")
    assert source_of(request, consent="claimed").consent == "claimed"
