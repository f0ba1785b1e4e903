"""A code in the address of any page of the shop."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from oscar_referrals.sharing.alphabet import new_code
from oscar_referrals.sharing.codes import block
from oscar_referrals.sharing.links import page_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db
UPDATE = "django.middleware.cache.UpdateCacheMiddleware"
FETCH = "django.middleware.cache.FetchFromCacheMiddleware"


@pytest.fixture
def code() -> Any:
    return referral_code(live_program())


def catalogue() -> str:
    return reverse("catalogue:index")


def test_a_friend_is_led_to_the_offer_and_back_to_the_page(code: Any) -> None:
    item = product("100.00")
    page = item.get_absolute_url()
    friend = Visitor()
    response = friend.client.get(page_path(code, page), follow=True)
    assert [status for _url, status in response.redirect_chain] == [302]
    assert "Claim and go to" in response.content.decode()
    assert Touch.objects.get().target == page
    claimed = friend.client.post(response.redirect_chain[0][0])
    assert claimed.url == page
    friend.add(item)
    assert friend.basket.total_discount == 20


def test_the_site_that_led_here_survives_the_redirect(code: Any) -> None:
    # Browsers take a redirect's policy for the request that follows, and `same-origin` hides there
    # where they came from.
    redirect = Client().get(page_path(code, catalogue()))
    assert redirect["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert Client().get(redirect.url)["Referrer-Policy"] == "same-origin"


def test_the_tags_go_along_and_the_pages_own_parameters_come_back(code: Any) -> None:
    page = f"{catalogue()}?page=2&c=red&utm_source=news"
    version = code.program.current_version
    path = page_path(code, page, version, channel="copy", placement="product", campaign="raya")
    url = urlsplit(Client().get(path).url)
    assert url.path == reverse("referrals:landing", args=[code.code])
    assert parse_qs(url.query) == {
        "v": ["1"],
        "c": ["copy"],
        "p": ["product"],
        "k": ["raya"],
        "utm_source": ["news"],
        "next": [page],
    }


def test_it_may_be_written_as_people_write_codes(code: Any) -> None:
    response = Client().get(catalogue(), {"ref": code.pretty.lower()})
    assert urlsplit(response.url).path == reverse("referrals:landing", args=[code.code])


@pytest.mark.parametrize("text", ["newsletter", "CDFGHJKMNPP", "", "<script>", "x" * 5000])
def test_what_is_no_code_of_ours_is_the_shops_own_business(code: Any, text: str) -> None:
    response = Client().get(catalogue(), {"ref": text})
    assert response.status_code == 200


def test_a_word_that_an_advocate_chose_leads_to_their_page(code: Any) -> None:
    type(code).objects.create(
        program=code.program, advocate=code.advocate, code="KOPIAMINAH", is_primary=False
    )
    assert Client().get(catalogue(), {"ref": "kopi-aminah"}).status_code == 302
    chosen = type(code).objects.get(code="KOPIAMINAH")
    block(code=chosen, reason="leaked")
    assert Client().get(catalogue(), {"ref": "kopi-aminah"}).status_code == 200


@override_settings(OSCAR_REFERRALS={"TRY_LIMIT": 1})
def test_words_are_looked_up_a_limited_number_of_times(
    code: Any, django_assert_num_queries: Any
) -> None:
    client = Client()
    for number in range(10):
        client.get(catalogue(), {"ref": f"guess{number}"})
    type(code).objects.create(
        program=code.program, advocate=code.advocate, code="KOPIAMINAH", is_primary=False
    )
    assert client.get(catalogue(), {"ref": "kopi-aminah"}).status_code == 200


@pytest.mark.parametrize(
    "ask",
    [
        lambda client, code: client.post(f"{catalogue()}?ref={code.code}"),
        lambda client, code: client.get(
            f"{catalogue()}?ref={code.code}", headers={"Sec-Fetch-Dest": "empty"}
        ),
        lambda client, code: client.get(f"{reverse('basket:summary')}?ref={code.code}"),
        lambda client, code: client.get(f"{reverse('checkout:index')}?ref={code.code}"),
    ],
    ids=["form", "script", "basket", "checkout"],
)
def test_forms_scripts_and_the_till_are_left_alone(code: Any, ask: Any) -> None:
    response = ask(Client(), code)
    assert "/r/" not in response.get("Location", "")


def test_an_unknown_or_blocked_code_says_so_and_leads_on(code: Any) -> None:
    block(code=code, reason="leaked")
    pages = [
        Client().get(catalogue(), {"ref": text}, follow=True).content.decode()
        for text in (code.code, new_code())
    ]
    for page in pages:
        assert "We don't know this invitation" in page
        assert f'href="{catalogue()}"' in page


@override_settings(OSCAR_REFERRALS={"LINK_PARAMETER": "via"})
def test_the_shop_names_the_parameter(code: Any) -> None:
    assert Client().get(catalogue(), {"via": code.code}).status_code == 302
    assert Client().get(catalogue(), {"ref": code.code}).status_code == 200


@override_settings(OSCAR_REFERRALS={"LINK_PARAMETER": ""})
def test_the_shop_switches_it_off(code: Any) -> None:
    assert Client().get(f"{catalogue()}?ref={code.code}&={code.code}").status_code == 200
    with pytest.raises(ValueError, match="LINK_PARAMETER"):
        page_path(code, "/")


def test_nothing_of_it_leads_to_another_site(code: Any) -> None:
    for path in ("//evil.example/", "/\\evil.example/"):
        response = Client().get(f"{catalogue()}?ref={code.code}&next={path}", follow=True)
        assert "evil.example/" not in response.redirect_chain[-1][0].partition("?")[0]
        assert all("evil" not in urlsplit(url).netloc for url, _ in response.redirect_chain)


def test_where_pages_are_cached_for_everybody_each_visit_counts_and_claims(
    code: Any, settings: Any
) -> None:
    settings.MIDDLEWARE = [UPDATE, *settings.MIDDLEWARE, FETCH]
    item = product("100.00")
    page = item.get_absolute_url()
    Client().get(page)
    for number in range(3):
        client = Client(headers={"User-Agent": f"Phone {number}"})
        response = client.get(page_path(code, page), follow=True)
        assert "no-store" in response["Cache-Control"]
        assert Touch.objects.filter(method="link").count() == number + 1
    friend = Visitor()
    friend.client.get(page)
    friend.client.post(friend.client.get(page_path(code, page)).url)
    friend.add(item)
    assert friend.basket.total_discount == 20


def test_other_visitors_pay_nothing_and_a_code_in_the_address_no_query(
    code: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        Client().get(catalogue(), {"ref": code.code})
