"""Which requests count as a person looking at the page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from oscar_referrals.account.visits import is_visit

BROWSER = "Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/140.0 Mobile"


def visit(method: str = "get", **headers: str) -> bool:
    request = getattr(RequestFactory(), method)("/r/X/", headers={"User-Agent": BROWSER, **headers})
    return is_visit(request)


def test_a_page_opened_by_a_person_counts():
    assert visit(**{"Sec-Fetch-Dest": "document"})


def test_a_browser_too_old_to_say_is_believed():
    assert visit()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Dest": "empty"},
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    ],
)
def test_what_nobody_looks_at_does_not_count(headers):
    assert not visit(**headers)


def test_asking_for_the_head_does_not_count():
    assert not visit("head")
