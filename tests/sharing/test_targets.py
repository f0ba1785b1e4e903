"""Every way we know of leading a browser to another site by a parameter."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from oscar_referrals.sharing.targets import LONGEST, path_in_shop

AWAY = [
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/ok\r\nSet-Cookie: a=b",
    "\x00//evil.example",
    " //evil.example",
    "\u00a0//evil.example",
    "/\u00a0/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https://evil.example",
    "https://testserver@evil.example",
    "https://testserver:x@evil.example/",
    "//testserver@evil.example",
    "https://testserver/",
    "//testserver/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "/javascript:\nalert(1)\x7f",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "ftp://evil.example",
    "mailto:a@evil.example",
    "evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "../admin/",
    "basket:summary",
    "",
    "/" + "a" * LONGEST,
]
WITHIN = [
    "/",
    "/shop/",
    "/shop/coffee_1/?size=2&x=//y#top",
    "/ms/kopi/é/",
    # One path of this shop for every browser, however much it looks like two slashes.
    "/\uff0fevil.example",
    "/%2f%2fevil.example",
    "/@evil.example",
    "/shop//evil.example",
]


@pytest.mark.parametrize("wanted", AWAY)
def test_it_leads_nowhere_else(wanted: str) -> None:
    for secure in (True, False):
        assert path_in_shop(RequestFactory().get("/", secure=secure), wanted) == ""


@pytest.mark.parametrize("wanted", WITHIN)
def test_it_leads_to_the_pages_of_the_shop(wanted: str) -> None:
    assert path_in_shop(RequestFactory().get("/"), wanted) == wanted


@pytest.mark.parametrize(
    "wanted", ["{0}/", "{0}", "{0}/?next=/", "{0}/#x", "/ms{0}/", "/%73hop/accounts/log%6fut/"]
)
def test_it_signs_nobody_out(wanted: str) -> None:
    """Oscar signs out by GET: behind a link it would do so to everybody who opens it."""
    address = reverse("customer:logout").rstrip("/")
    assert address == "/shop/accounts/logout"
    assert path_in_shop(RequestFactory().get("/"), wanted.format(address)) == ""
