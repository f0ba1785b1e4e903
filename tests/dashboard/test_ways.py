"""What came by which way: the parts of the funnel, and nothing besides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.insight.funnel import report, total
from oscar_referrals.insight.periods import Granularity, last_days
from oscar_referrals.insight.sharing import By, by_way, total_of
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.share_models import Share
from oscar_referrals.sharing.shares import record_share
from oscar_referrals.test.factories import live_program, referral_code
from tests.dashboard.pages import page_of, rows_of, url
from tests.shop import Visitor, pay_in_full, product

pytestmark = pytest.mark.django_db


def pay(order):
    pay_in_full(order)
    settle(Referral.objects.get(order_number=order.number).pk, now=timezone.now())


def come(code, *, orders=False, **tags):
    """Open a link with these tags, claim, and order."""
    friend, address = Visitor(), share_path(code, **tags)
    friend.client.get(address, headers={"Accept": "text/html", "User-Agent": "Mozilla/5.0 Firefox"})
    friend.client.post(address)
    if orders:
        friend.add(product("100.00"))
        pay(friend.order())


@pytest.fixture
def code():
    code = referral_code(live_program(hold_days=0))
    record_share(code=code, channel="whatsapp", placement="product", campaign="Raya")
    record_share(code=code, channel="copy")
    record_share(code=code, channel="copy", now=timezone.now() - timedelta(days=40))
    come(code, channel="whatsapp", placement="product", campaign="Raya", orders=True)
    come(code, channel="qr", placement="portal")
    typist = Visitor()
    typist.add(product("100.00"))
    typist.enter(code.code)
    pay(typist.order())
    return code


def figures(rows):
    return {
        row.name: (row.shares, row.clicks, row.claims, row.orders, row.credited, row.rewards)
        for row in rows
    }


def test_each_event_belongs_to_its_way_and_all_together_are_the_funnel(code):
    period = last_days(30, timezone.localdate())
    by_channel = by_way(code.program, period, By.CHANNEL)
    assert figures(by_channel) == {
        "whatsapp": (1, 1, 1, 1, 1, 1),
        "": (0, 0, 1, 1, 1, 1),
        "qr": (0, 1, 1, 0, 0, 0),
        "copy": (1, 0, 0, 0, 0, 0),
    }
    assert [row.name for row in by_channel][-1] == "copy"
    assert by_channel[1].money["MYR"].order_value == 10000 - 2000
    assert set(figures(by_way(None, period, By.CAMPAIGN))) == {"", "Raya"}
    whole = total(report(code.program, period.start, period.end, Granularity.MONTH))
    for by in By:
        with CaptureQueriesContext(connection) as captured:
            found = total_of(by_way(code.program, period, by))
        assert len(captured) <= 7
        assert (found.clicks, found.claims) == (whole.clicks, whole.claims)
        assert found.referrals == whole.referrals
        assert found.rewards == whole.earned
        for currency, money in whole.money.items():
            assert found.money[currency].order_value == money.order_value
            assert found.money[currency].rewards_earned == money.rewards_earned


def test_page_and_file_say_the_same(staff, code):
    reader = staff("view_referral_report")
    text = page_of(reader.get(url("ways"), {"program": code.program_id}))
    for words in ("WhatsApp", "QR code", "Product page", "Raya", "Not known", "MYR 80"):
        assert words in text
    rows = rows_of(reader.get(url("ways-csv"), {"program": code.program_id}))
    assert {(row["By"], row["Way"]): row["Link clicks"] for row in rows} == {
        ("Channel", "WhatsApp"): "1",
        ("Channel", "Not known"): "0",
        ("Channel", "QR code"): "1",
        ("Channel", "Copy link"): "0",
        ("Place in the shop", "Product page"): "1",
        ("Place in the shop", "Not known"): "0",
        ("Place in the shop", "Account page “Refer a friend”"): "1",
        ("Campaign", "Raya"): "1",
        ("Campaign", "Without a campaign"): "1",
    }
    assert rows[0]["MYR order value"] == "80.00"
    wrong = reader.get(url("ways-csv"), {"start": "x"})
    assert wrong.status_code == 302
    assert "Enter a valid date" in page_of(reader.get(wrong["Location"]))


def test_an_empty_period_says_so(staff):
    assert "Nothing happened in this period" in page_of(
        staff("view_referral_report").get(url("ways"))
    )


def test_a_page_is_no_longer_because_somebody_makes_campaigns_up(code, operator):
    now = timezone.now()
    Share.objects.bulk_create(
        Share(
            program=code.program,
            code=code,
            channel="copy",
            campaign=f"Made up {number}",
            shared_at=now,
        )
        for number in range(120)
    )
    page = page_of(operator.get(url("ways"), {"program": code.program.pk}))
    assert 0 < page.count("Made up") < 100
    assert "others; the file names them" in page
    rows = rows_of(operator.get(url("ways-csv"), {"program": code.program.pk}))
    assert sum("Made up" in row["Way"] for row in rows) == 120
