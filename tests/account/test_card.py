"""The card to print: code, link as a picture, offer, conditions and the disclosure."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.qr import qr_svg
from oscar_referrals.sharing.texts import disclosure
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    return referral_code(live_program(hold_days=14))


@pytest.mark.parametrize(("size", "copies"), [("a6", 1), ("small", 8), ("x", 1)])
def test_it_says_what_the_friend_needs(code, size, copies):
    page = Visitor(code.advocate.user).get("referrals:card", data={"size": size})
    text = page.content.decode()
    assert text.count(code.pretty) == copies
    assert text.count(escape(disclosure())) == copies
    assert text.count("MYR\xa020 off your first order of MYR\xa080 or more") >= copies
    version = code.program.current_version
    path = share_path(code, version, channel="card", placement="portal")
    assert qr_svg(f"http://testserver{path}") in text
    assert f"http://testserver{share_path(code)}" in text
    # The amount is the large line; the small card leads to the page that has the rest.
    facts = re.findall(r'data-rf-fact="([^"]+)"', text)
    expected = ["both-sides", "conditions", "hold", "expiry", "caps", "end-date"]
    assert facts == ([] if size == "small" else expected)
    assert ("The voucher is issued 14 days after" in text) is (size != "small")


def test_nobody_else_has_one(code):
    address = reverse("referrals:card")
    assert Visitor(customer()).client.get(address).status_code == 404
    assert Visitor().client.get(address).status_code == 302
    member = Visitor(code.advocate.user).client
    Program.objects.update(share_channels=["email"])
    assert member.get(address).status_code == 404
    Program.objects.update(share_channels=None)
    lifecycle.pause(program=code.program)
    assert member.get(address).status_code == 404
