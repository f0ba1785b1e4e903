"""A page of the website behind the share links does all that the shop's own page does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from oscar_referrals.attribution.models import Claim
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import block
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, referral_code
from tests.wagtail.website import LANGUAGES, home
from wagtail_referrals.models import ReferralLandingPage, ReferralSettings

BUTTON = "Claim my discount"
BLOCKS = [
    ("text", "<p>Roasted on Thursdays.</p>"),
    ("reward_sentence", {"side": "friend"}),
    ("referral_steps", {"heading": "", "side": "friend"}),
    ("referral_share_panel", {"heading": ""}),
]


@pytest.fixture(autouse=True)
def terms_from_pages() -> None:
    """No terms page is needed here, so the program goes without."""


@pytest.fixture
def live() -> Any:
    return live_program()


@pytest.fixture
def welcome(page_tree: None) -> ReferralLandingPage:
    made = ReferralLandingPage(
        title="Welcome to Rimba Pagi",
        slug="welcome",
        locale=Locale.objects.get(language_code=LANGUAGES[0]),
        body=BLOCKS,
    )
    home().add_child(instance=made)
    made.save_revision().publish()
    return ReferralLandingPage.objects.get(pk=made.pk)


@pytest.fixture
def chosen(welcome: ReferralLandingPage) -> ReferralLandingPage:
    ReferralSettings.objects.create(site=Site.objects.get(), invitation_page=welcome)
    return welcome


def landing(text: str) -> str:
    return reverse("referrals:landing", args=[text])


def test_it_shows_the_invitation_leaves_a_touch_and_takes_the_claim(
    live: Any, welcome: Any, client: Client
) -> None:
    code = referral_code(live)
    address = f"{welcome.url}{code.code}/?c=whatsapp"
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count(BUTTON) == 1 and "A friend invites you" in html
    assert "Roasted on Thursdays" in html and 'class="wr-sentence"' in html
    assert (
        response["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in response["Cache-Control"]
    )
    touch = Touch.objects.get()
    assert (touch.code, touch.channel) == (code, "whatsapp")
    assert client.post(address).status_code == 302
    assert Claim.objects.get().code == code
    assert "Your discount is saved" in client.get(address).content.decode()


def test_a_name_stands_there_only_with_consent(live: Any, welcome: Any, client: Client) -> None:
    code = referral_code(live)
    code.advocate.user.first_name = "Aminah"
    code.advocate.user.save()
    assert "Aminah" not in client.get(f"{welcome.url}{code.code}/").content.decode()
    code.advocate.show_name = True
    code.advocate.save()
    assert "Aminah invites you" in client.get(f"{welcome.url}{code.code}/").content.decode()


def test_unknown_and_blocked_codes_get_the_same_useful_page(
    live: Any, welcome: Any, client: Client
) -> None:
    blocked = referral_code(live)
    block(code=blocked, reason="test")
    codes = (blocked.code, "NEVERWAS2")
    answers = [client.get(f"{welcome.url}{text}/") for text in codes]
    first, second = (
        re.sub(rf'{text}|name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        for text, answer in zip(codes, answers, strict=True)
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "this invitation" in first and "Roasted on Thursdays" in first
    assert first == second
    assert not Touch.objects.exists()


def test_a_paused_program_says_so_and_offers_no_claim(
    live: Any, welcome: Any, client: Client
) -> None:
    code = referral_code(live)
    lifecycle.pause(program=live)
    response = client.get(f"{welcome.url}{code.code}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert BUTTON not in html and "Roasted on Thursdays" in html


def test_without_a_code_it_says_what_friends_get(live: Any, welcome: Any, client: Client) -> None:
    html = client.get(welcome.url).content.decode()
    assert "Welcome to Rimba Pagi" in html and "MYR\xa020 off" in html and BUTTON not in html
    lifecycle.pause(program=live)
    assert "The program is paused" in client.get(welcome.url).content.decode()


def test_links_lead_to_the_page_that_is_set_whoever_s_code_it_is(
    live: Any, chosen: Any, client: Client
) -> None:
    code = referral_code(live)
    for text in (code.code, "NEVERWAS2"):
        response = client.get(f"{landing(text)}?c=copy&v=1")
        assert response.status_code == 302
        assert response.url == f"{chosen.url}{text}/?c=copy&v=1"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert not Touch.objects.exists()
    client.get(f"{landing(code.code)}?c=copy", follow=True)
    assert Touch.objects.get().channel == "copy"
    # What draws a preview card gets it at once, and a form that was open is still taken.
    robot = client.get(landing(code.code), headers={"User-Agent": "WhatsApp/2.23"})
    assert robot.status_code == 200
    client.post(landing(code.code))
    assert Claim.objects.get().code == code


def test_links_stay_with_the_shop_s_page_while_not_everybody_may_read_the_other(
    live: Any, chosen: Any, client: Client
) -> None:
    code = referral_code(live)
    PageViewRestriction.objects.create(page=chosen, restriction_type="login")
    assert client.get(landing(code.code)).status_code == 200


def test_only_an_invitation_page_can_be_set(welcome: Any) -> None:
    site = Site.objects.get()
    ReferralSettings(site=site, invitation_page=welcome).clean()
    with pytest.raises(ValidationError):
        ReferralSettings(site=site, invitation_page=home()).clean()


def test_blocks_add_two_queries_to_an_invitation(live: Any, welcome: Any, client: Client) -> None:
    code = referral_code(live)

    def cost() -> int:
        visitor = Client()
        visitor.get(f"{welcome.url}{code.code}/")
        with CaptureQueriesContext(connection) as queries:
            visitor.get(f"{welcome.url}{code.code}/")
        return len(queries)

    with_blocks = cost()
    welcome.body = []
    welcome.save_revision().publish()
    assert with_blocks - cost() <= 2


def test_editors_can_create_and_preview_it(editor: Any, live: Any, welcome: Any) -> None:
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[welcome.pk])).status_code == 200
    assert welcome.make_preview_request().status_code == 200


def test_words_that_the_program_does_not_bear_out_stay_a_draft(
    editor: Any, live: Any, welcome: Any
) -> None:
    def publish(answer: str) -> Any:
        form = {"title": welcome.title, "slug": welcome.slug, "action-publish": "1"}
        item = {"question": "What?", "answer": rich_text(answer)}
        questions = {
            "heading": "",
            "questions": streamfield([("item", item)]),
        }
        body = streamfield([("referral_questions", questions)])
        return editor.post(
            reverse("wagtailadmin_pages:edit", args=[welcome.pk]),
            nested_form_data(form | {"body": body}),
            follow=True,
        )

    html = publish("<p>You get RM 99 off.</p>").content.decode()
    assert "RM\xa099” is not what" in html or "RM 99” is not what" in html
    assert "let it pass under “Refused statements”" in html
    assert "RM 99" not in str(type(welcome).objects.get(pk=welcome.pk).body)
    publish("<p>You get RM 20 off.</p>")
    assert "RM 20" in str(type(welcome).objects.get(pk=welcome.pk).body)
