"""The page behind a share link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.waiting import SESSION_KEY
from oscar_referrals.money import format_deadline
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import block
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import SiteFactory, live_program, referral_code
from tests.shop import Visitor, customer, product, texts

pytestmark = pytest.mark.django_db
BUTTON = "Claim my discount"


@pytest.fixture
def program():
    """RM 20 off a first order of RM 80 or more."""
    return live_program()


@pytest.fixture
def code(program):
    return referral_code(program)


def landing(text: str) -> str:
    return reverse("referrals:landing", args=[text])


def body(response) -> str:
    """The page's text without what differs by nature: tokens and the address itself."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"/r/\w+/", "", text)


def test_it_says_what_both_get_and_has_one_button(code, client):
    response = client.get(share_path(code))
    page = response.content.decode()
    assert "MYR\xa020 off your first order of MYR\xa080 or more" in page
    assert "a voucher for" in page
    assert page.count(BUTTON) == 1
    assert page.count("data-rf-fact=") == 7
    assert "Terms of the program" in page
    assert code.pretty in page


def test_the_advocate_stays_a_friend_unless_they_agreed(code, client):
    user = code.advocate.user
    user.first_name = "Aminah"
    user.save()
    assert "A friend invites you" in client.get(share_path(code)).content.decode()
    code.advocate.show_name = True
    code.advocate.save()
    page = client.get(share_path(code)).content.decode()
    assert "Aminah invites you" in page


def test_the_address_goes_to_no_other_site_no_index_no_cache_and_no_frame(code, client):
    response = client.get(share_path(code))
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["X-Frame-Options"] == "DENY"
    assert "no-store" in response["Cache-Control"]


def test_looking_leaves_one_touch_and_no_session(code, client):
    response = client.get(share_path(code))
    touch = Touch.objects.get()
    assert (touch.method, touch.code, touch.version) == ("link", code, code.program.current_version)
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Dest": "iframe"}, {"User-Agent": "WhatsApp/2.23"}],
)
def test_prefetch_frames_and_previews_leave_no_touch(code, client, headers):
    assert client.get(share_path(code), headers=headers).status_code == 200
    assert not Touch.objects.exists()


def test_head_leaves_no_touch(code, client):
    assert client.head(share_path(code)).status_code == 200
    assert not Touch.objects.exists()


def test_the_owner_sees_a_preview_that_leaves_no_touch(code):
    owner = Visitor(code.advocate.user)
    page = owner.client.get(share_path(code)).content.decode()
    assert "This is your own link" in page
    assert BUTTON not in page
    assert not Touch.objects.exists()


def test_claiming_waits_for_the_first_product_and_then_applies(code):
    friend = Visitor()
    response = friend.claim(code)
    assert texts(response) == [
        "Your discount is saved. It applies by itself as soon as you add a product."
    ]
    assert friend.client.session[SESSION_KEY] == Claim.objects.get().pk
    friend.add(product("100.00"))
    assert friend.basket.total_discount == 20


def test_with_goods_in_the_basket_claiming_leads_there(code):
    friend = Visitor()
    friend.add(product("100.00"))
    response = friend.client.post(share_path(code))
    assert response.url == reverse("basket:summary")
    assert friend.basket.total_discount == 20


def test_after_claiming_the_page_says_so(code):
    friend = Visitor()
    friend.claim(code)
    page = friend.client.get(share_path(code)).content.decode()
    assert "Your discount is saved and applies by itself" in page
    assert BUTTON not in page
    friend.add(product("10.00"))
    assert BUTTON not in friend.client.get(share_path(code)).content.decode()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/catalogue/", "/catalogue/"),
        ("//evil.example/", None),
        ("https://evil.example/", None),
        ("javascript:alert(1)", None),
        ("no-path-and-no-view", None),
    ],
)
def test_the_way_on_stays_in_the_shop(code, client, wanted, reached):
    page = client.get(share_path(code), {"next": wanted}).content.decode()
    assert (f'name="next" value="{wanted}"' in page) == (reached is not None)
    response = client.post(share_path(code), {"next": wanted})
    assert response.status_code == 302
    assert response.url.startswith("/")
    assert not response.url.startswith("//")
    if reached:
        assert response.url == reached


def test_claiming_needs_the_token(code):
    response = Client(enforce_csrf_checks=True).post(share_path(code))
    assert response.status_code == 403
    assert not Claim.objects.exists()


def test_never_existed_malformed_and_blocked_codes_get_one_answer(code, program):
    blocked = referral_code(program)
    block(code=blocked, reason="leaked")
    pages, counts = [], []
    for text in ("CDFGHJKMNPQ", "whatever", blocked.code):
        response = Client().get(landing(text))
        assert response.status_code == 200
        pages.append(body(response))
        posted = Client().post(landing(text))
        counts.append((posted.status_code, body(posted)))
    assert len(set(pages)) == 1
    assert len(set(counts)) == 1
    assert "We don't know this invitation" in pages[0]
    assert not Touch.objects.exists()
    assert not Claim.objects.exists()


def test_too_many_unknown_links_make_the_visitor_wait_but_not_the_code_box(code):
    visitor = Visitor()
    with override_settings(OSCAR_REFERRALS={"TRY_LIMIT": 1}):
        for _try in range(10):
            visitor.client.get(landing("CDFGHJKMNPQ"))
        page = visitor.client.get(share_path(code)).content.decode()
        assert "Please wait a few minutes" in page
        visitor.add(product("100.00"))
        assert visitor.enter(code.code) == ["Your referral discount of MYR 20 is applied."]


def test_whoever_has_claimed_reads_until_when_it_holds():
    code = referral_code(live_program(wind_down_days=3))
    friend = Visitor()
    friend.claim(code)
    until = format_deadline(Claim.objects.get().expires_at)
    assert f"Valid until {until}" in friend.client.get(share_path(code)).content.decode()
    program = lifecycle.pause(program=code.program)
    until = format_deadline(program.status_changed_at + timedelta(days=3))
    assert f"Valid until {until}" in friend.client.get(share_path(code)).content.decode()


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (lifecycle.pause, "This offer is paused at the moment."),
        (lifecycle.end, "This offer has ended."),
        (lifecycle.stop, "This offer is no longer available."),
    ],
)
def test_a_program_that_takes_no_claims_says_so_and_shows_a_way_on(code, client, act, text):
    act(program=code.program)
    response = client.get(share_path(code))
    page = response.content.decode()
    assert response.status_code == 200
    assert text in page
    assert BUTTON not in page
    assert "Look around the shop" in page
    # What nobody can have is not held out to them.
    assert (
        "MYR\xa020 off your first order" not in page.partition("<body")[2].partition("<details")[0]
    )
    response = client.post(share_path(code))
    assert texts(response) == [text]
    assert not Claim.objects.exists()


def test_a_customer_who_ordered_before_hears_it_when_signed_in(code):
    friend = Visitor(customer())
    friend.add(product("10.00"))
    friend.order()
    page = friend.client.get(share_path(code)).content.decode()
    assert "This code is for new customers, and you have ordered here before." in page
    assert BUTTON not in page


def test_an_expired_claim_can_be_made_anew(code):
    friend = Visitor()
    friend.claim(code)
    days = code.program.current_version.attribution_days
    with time_machine.travel(timezone.now() + timedelta(days=days + 1), tick=False):
        response = friend.client.get(share_path(code))
        assert BUTTON in response.content.decode()


def test_consent_and_the_program_together_claim_at_once():
    program = live_program(claim_on_visit=True)
    code = referral_code(program)
    visitor = Visitor()
    visitor.client.get(share_path(code))
    assert not Claim.objects.exists()
    with override_settings(OSCAR_REFERRALS={"COOKIE_CONSENT": "tests.account.consent.given"}):
        visitor.client.get(share_path(code), headers={"Sec-Purpose": "prefetch"})
        assert not Claim.objects.exists()
        page = visitor.client.get(share_path(code)).content.decode()
    assert Claim.objects.count() == 1
    assert "Your discount is saved and applies by itself" in page


def test_a_code_of_another_site_is_unknown_here(client):
    other = live_program(site=SiteFactory())
    code = referral_code(other)
    assert "We don't know this invitation" in client.get(share_path(code)).content.decode()
