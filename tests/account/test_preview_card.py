"""What messengers and networks draw for a link, and that it leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client, override_settings
from django.utils.translation import override
from PIL import Image

from oscar_referrals.account.preview_card import HEIGHT, WIDTH
from oscar_referrals.conf import Settings
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, referral_code

pytestmark = pytest.mark.django_db
ROBOTS = ("WhatsApp/2.23.20.0", "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; YandexBot/3)")
NASTY = '"><script>alert(1)</script>\r\nSet-Cookie: a=b'


class Card(HTMLParser):
    """The properties that a page gives, as the programs read them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("property") or values.get("name")
        if tag == "meta" and name:
            self.found[name] = values.get("content") or ""
        self.scripts += tag == "script"


@pytest.fixture
def code() -> Any:
    return referral_code(live_program())


def card(code: Any, **headers: str) -> Card:
    return Card(Client().get(share_path(code), headers=headers).content.decode())


def test_everybody_gets_title_text_and_picture(code: Any) -> None:
    found = card(code, User_Agent="Phone").found
    assert found["og:title"] == found["twitter:title"] == "An invitation to Kedai Ujian"
    offer = "MYR\xa020 off your first order of MYR\xa080 or more"
    assert found["og:description"] == found["twitter:description"] == offer
    assert found["og:image"] == "http://testserver/static/oscar_referrals/preview.png"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["twitter:card"] == "summary_large_image"
    assert "noindex" in found["robots"]


def test_it_is_in_the_language_of_the_page(code: Any, settings: Any) -> None:
    # Which language a page is in, each project decides for itself.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LocaleMiddleware" not in name]
    with override("ms"):
        found = card(code).found
    with override("en-gb"):
        english = card(code).found
    assert (found["og:locale"], english["og:locale"]) == ("ms", "en_GB")
    assert found["og:description"] != english["og:description"]


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_get_the_card_and_leave_no_touch_no_cookie_and_no_session(
    code: Any, agent: str
) -> None:
    client = Client()
    response = client.get(share_path(code), headers={"User-Agent": agent})
    page = response.content.decode()
    assert response.status_code == 200
    assert not client.cookies
    assert not Touch.objects.exists()
    assert Card(page).found["og:title"] == "An invitation to Kedai Ujian"
    # A person whose browser is taken for one of them finds the code.
    assert code.pretty in page


def test_the_name_is_shown_only_with_consent(code: Any) -> None:
    user, advocate = code.advocate.user, code.advocate
    user.first_name = "Aminah"
    user.save()
    assert card(code).found["og:title"] == "An invitation to Kedai Ujian"
    advocate.show_name = True
    advocate.save()
    assert card(code).found["og:title"] == "Aminah invites you to Kedai Ujian"


def test_a_card_promises_nothing_that_is_over(code: Any) -> None:
    lifecycle.end(program=code.program)
    assert card(code).found["og:description"] == "This offer has ended."


@pytest.mark.parametrize("agent", ["Phone", ROBOTS[0]])
def test_no_name_of_the_shop_or_of_a_person_gets_out_of_its_attribute(
    code: Any, agent: str
) -> None:
    harmless = card(code, User_Agent=agent)
    code.advocate.user.first_name = NASTY
    code.advocate.user.save()
    code.advocate.show_name = True
    code.advocate.save()
    with override_settings(OSCAR_SHOP_NAME="Kedai & <b>Kopi</b> \"'"):
        client = Client()
        response = client.get(
            share_path(code) + "?c=%22%3E%3Cscript%3E&next=/%22%3E%3Cscript%3E",
            headers={"User-Agent": agent, "Referer": NASTY.replace("\r\n", "")},
        )
    nasty = Card(response.content.decode())
    assert nasty.scripts == harmless.scripts
    assert "<b>Kopi</b> \"'" in nasty.found["og:title"]
    assert "a" not in client.cookies


@override_settings(OSCAR_REFERRALS={"PREVIEW_IMAGE": "https://cdn.example/card.jpg"})
def test_a_shop_sets_a_picture_of_its_own(code: Any) -> None:
    found = card(code).found
    assert found["og:image"] == "https://cdn.example/card.jpg"
    assert "og:image:width" not in found


@pytest.fixture
def hashed_names(settings: Any, tmp_path: Any) -> Iterator[dict[str, str]]:
    """Static files under hashed names: asking for one that was not collected is an error."""
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.DEBUG, settings.STATIC_ROOT = False, tmp_path
    staticfiles_storage.hashed_files = {Settings.PREVIEW_IMAGE: "oscar_referrals/preview.1.png"}
    yield staticfiles_storage.hashed_files


def test_a_picture_that_is_not_there_costs_nobody_the_page(
    code: Any, settings: Any, hashed_names: dict[str, str]
) -> None:
    settings.OSCAR_REFERRALS = {"PREVIEW_IMAGE": "shop/gone.png"}
    found = card(code, User_Agent=ROBOTS[0]).found
    assert found["og:image"].endswith("/static/oscar_referrals/preview.1.png")
    assert found["og:image:width"] == "1200"
    hashed_names.clear()
    found = card(code, User_Agent=ROBOTS[0]).found
    assert found["og:title"] == "An invitation to Kedai Ujian"
    assert "og:image" not in found
    assert found["twitter:card"] == "summary"


def test_the_picture_that_comes_with_it_has_the_size_that_is_told() -> None:
    path = finders.find(Settings.PREVIEW_IMAGE)
    assert path
    with Image.open(path) as picture:
        assert picture.size == (WIDTH, HEIGHT)
