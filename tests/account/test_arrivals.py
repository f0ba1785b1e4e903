"""What is written down when a friend arrives, claims and types."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oscar_referrals.attribution.models import Claim
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> Any:
    return referral_code(live_program())


def test_a_link_tells_its_channel_place_campaign_page_and_the_site_it_was_on(code: Any) -> None:
    path = share_path(
        code, channel="whatsapp", placement="portal", campaign="raya", target="/shop/?page=2"
    )
    Client().get(path, headers={"Referer": "https://forum.example/topic"})
    touch = Touch.objects.get()
    assert (touch.method, touch.channel, touch.placement) == ("link", "whatsapp", "portal")
    assert (touch.campaign, touch.target) == ("raya", "/shop/")
    assert (touch.source_host, touch.consent, touch.visitor) == ("forum.example", "", "")


def test_a_scanned_code_is_told_from_a_link(code: Any) -> None:
    Client().get(share_path(code, channel="qr"))
    assert Touch.objects.get().method == Touch.Method.QR


def test_a_claim_keeps_the_way_and_the_pseudonym_of_whoever_made_it(code: Any) -> None:
    path = share_path(code, channel="email", placement="footer", campaign="raya")
    client = Client()
    client.get(path)
    client.post(path)
    claim, claimed = Claim.objects.get(), Touch.objects.get(method="claim")
    assert (claim.channel, claim.placement, claim.campaign) == ("email", "footer", "raya")
    assert len(claim.visitor) == 32
    assert (claimed.visitor, claimed.channel) == (claim.visitor, "email")
    assert claimed.consent == Touch.Consent.ASKED_FOR


def test_whoever_types_a_code_is_known_from_then_on(code: Any) -> None:
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    typed = Touch.objects.get()
    assert (typed.method, typed.consent) == ("typed", Touch.Consent.ASKED_FOR)
    assert typed.visitor == Claim.objects.get().visitor
    friend.client.get(share_path(code))
    assert Touch.objects.get(method="link").visitor == typed.visitor
