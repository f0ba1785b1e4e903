"""What is written down when a friend arrives, claims and types."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim
from oscar_referrals.identity import email_key
from oscar_referrals.programs import lifecycle
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


@pytest.mark.parametrize("channel", ["qr", "card"])
def test_a_scanned_code_is_told_from_a_link(code: Any, channel: str) -> None:
    Client().get(share_path(code, channel=channel))
    touch = Touch.objects.get()
    assert (touch.method, touch.channel) == (Touch.Method.QR, channel)


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


def opened(code: Any, client: Client | None = None, *, agent: str = "Phone", **tags: str) -> int:
    """Open the link, and say how many touches there are then."""
    (client or Client()).get(share_path(code, **tags), headers={"User-Agent": agent})
    return Touch.objects.count()


def test_the_same_person_opening_a_link_again_is_one_arrival(code: Any) -> None:
    assert opened(code) == opened(code) == 1
    assert opened(code, channel="email") == 2
    assert opened(code, agent="Desktop") == 3
    assert opened(code, Client(REMOTE_ADDR="198.51.100.7")) == 4
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert opened(code) == 5


def test_after_another_link_the_first_one_is_no_repeat(code: Any) -> None:
    other = referral_code(code.program)
    assert [opened(one) for one in (code, other, other, code, code)] == [1, 2, 2, 3, 3]


def test_whoever_is_known_is_one_visitor_from_every_address(code: Any) -> None:
    client = Client()
    client.post(share_path(code))
    before = Touch.objects.count()
    assert opened(code, client) == before + 1
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert opened(code, client, agent="Other") == before + 1


@override_settings(OSCAR_REFERRALS={"TOUCH_LIMIT": 2})
def test_one_address_writes_no_more_touches_than_the_limit(code: Any) -> None:
    for number in range(4):
        response = Client().get(share_path(code), headers={"User-Agent": f"Phone {number}"})
        assert "Claim my discount" in response.content.decode()
    assert Touch.objects.count() == 2


@override_settings(OSCAR_REFERRALS={"COOKIE_CONSENT": "tests.account.consent.given"})
def test_who_agreed_is_remembered_without_claiming(code: Any) -> None:
    client = Client()
    client.get(share_path(code))
    touch = Touch.objects.get()
    assert (touch.consent, len(touch.visitor)) == ("given", 32)
    assert "sessionid" in client.cookies
    assert not Claim.objects.exists()


@override_settings(OSCAR_REFERRALS={"COOKIE_CONSENT": "tests.account.consent.refused"})
def test_who_refused_is_not_remembered_and_claims_all_the_same(code: Any) -> None:
    friend = Visitor()
    friend.client.get(share_path(code))
    assert Touch.objects.get().consent == Touch.Consent.REFUSED
    assert "sessionid" not in friend.client.cookies
    friend.claim(code)
    assert Touch.objects.get(method="claim").consent == Touch.Consent.ASKED_FOR


def test_the_owner_at_the_till_as_a_guest_is_not_counted_and_not_told(code: Any) -> None:
    owner = Visitor()
    owner.add(product("10.00"))
    # An account's own e-mail is not taken for a guest's; another name of its mailbox is.
    code.advocate.email_key = email_key("aminah@gmail.com")
    code.advocate.save()
    owner.to_preview(email="a.minah+shop@gmail.com")
    page = owner.client.get(share_path(code)).content.decode()
    assert "This is your own link" not in page
    assert not Touch.objects.exists()


def test_claiming_leads_to_the_page_that_the_link_names(code: Any) -> None:
    item = product("100.00", title="Kopi & Susu")
    path = share_path(code, target=item.get_absolute_url())
    friend = Visitor()
    page = friend.client.get(path).content.decode()
    assert f"Claim and go to “{escape(item.title)}”" in page
    assert friend.client.post(path).url == item.get_absolute_url()
    # The link is an ordinary way to the page from then on.
    assert friend.client.get(path).url == item.get_absolute_url()
    item.is_public = False
    item.save()
    page = Client().get(path).content.decode()
    assert escape(item.title) not in page
    assert "Claim my discount" in page


def test_a_category_is_named_too_and_an_unknown_page_is_not(code: Any) -> None:
    category = get_model("catalogue", "Category").add_root(name="Beans")
    page = Client().get(share_path(code, target=category.get_absolute_url())).content.decode()
    assert "Claim and go to “Beans”" in page
    page = Client().get(share_path(code, target="/nowhere/")).content.decode()
    assert "Go on to the page without the discount" in page


def test_what_is_unknown_or_over_leads_on_to_the_page_as_well(code: Any) -> None:
    way = 'href="/shop/catalogue/"'
    page = Client().get(share_path("CDFGHJKMNPQ", target="/shop/catalogue/")).content.decode()
    assert way in page
    lifecycle.end(program=code.program)
    page = Client().get(share_path(code, target="/shop/catalogue/")).content.decode()
    assert way in page
    assert "This offer has ended." in page


def test_opening_a_link_writes_one_row_and_asks_no_more_than_the_page(
    code: Any, django_assert_num_queries: Any
) -> None:
    path = share_path(code, code.program.current_version, channel="whatsapp")
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as page:
        client.get(path)
    seen_before = len(page)
    cache.clear()
    # For somebody else, so that nothing is asked but what every visit asks.
    Client(REMOTE_ADDR="10.0.0.9").get(path)
    with django_assert_num_queries(seen_before + 1):
        client.get(path)
    assert seen_before <= 12
