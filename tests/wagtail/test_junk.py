"""What nobody means to ask of Wagtail's pages and lists is never an error of the server."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from oscar_referrals.members.membership import join
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import referral_code
from tests.junk import JUNK, USUAL, broken, fields_of
from tests.shop import Visitor, customer
from tests.wagtail.website import LANGUAGES, home, words
from wagtail_referrals.models import (
    ReferralAdvocatePage,
    ReferralLandingPage,
    ReferralOverviewPage,
    ReferralTermsPage,
)

LISTS = (
    "referral_programs",
    "referral_codes",
    "referral_referrals",
    "referral_rewards",
)
REPORTS = ("overview", "liability", "sharing")
ADMIN = (
    *(f"{name}:index" for name in LISTS),
    *(f"wagtail_referrals_report_{name}" for name in REPORTS),
)
#: The keys of rows that no list has.
KEYS = ("%00", "9" * 400, "-1", "%D9%A1", "x" * 5_000, "_00", "_C0_80", "1_00")
PAGES = (ReferralLandingPage, ReferralAdvocatePage, ReferralOverviewPage)
#: What a page behind a link may be asked with.
TAGS = frozenset({"c", "v", "from", "to", "place", "campaign", "lang", "next"})


def test_lists_and_reports(editor: Client, referral: Any) -> None:
    for name in ADMIN:
        address = reverse(name)
        answer = editor.get(address)
        assert answer.status_code == 200
        asked = fields_of(answer) | USUAL
        assert broken(editor, address, asked) == []
        assert broken(editor, address, asked - {"export"}, export="csv") == []


def test_rows_that_no_list_has(editor: Client, live: Any) -> None:
    editor.raise_request_exception = False
    for name in LISTS:
        one = reverse(f"{name}:inspect", args=[7])
        answers = {key: editor.get(one.replace("/7/", f"/{key}/")).status_code for key in KEYS}
        assert set(answers.values()) <= {302, 404}, answers


@pytest.fixture
def website(live: Any, django_capture_on_commit_callbacks: Any) -> list[str]:
    """The addresses of all public pages, with terms whose words have changed once."""
    made = []
    for kind in PAGES:
        page = kind(title=kind.__name__, slug=kind.__name__.lower(), locale=Locale.get_default())
        home().add_child(instance=page)
        page.save_revision().publish()
        made.append(page.url)
    page = ReferralTermsPage.objects.get(locale__language_code=LANGUAGES[0])
    page.own_terms = words("Corrected words.")
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    made += [page.url, *(f"{page.url}{below}/" for below in ("version/1", "versions", "changes"))]
    return [f"{made[0]}{referral_code(live).code}/", *made]


def test_public_pages(website: list[str], live: Any) -> None:
    visitor = Client()
    for address in website:
        assert visitor.get(address).status_code == 200, address
        assert broken(visitor, address, TAGS) == []


def test_the_page_of_a_member(website: list[str], live: Any) -> None:
    member = Visitor(customer("member@example.com"))
    join(program=live, user=member.user, language=LANGUAGES[0], method="account")
    # The account page marks the browser of a member.
    assert member.get("referrals:portal").status_code == 200
    own = code_for(advocate=live.advocates.get(user=member.user))
    address = website[2]
    assert own.pretty in member.client.get(address).content.decode()
    assert broken(member.client, address, TAGS) == []


def test_addresses_below_public_pages(website: list[str], client: Client) -> None:
    client.raise_request_exception = False
    landing, terms = website[1], website[4]
    below = (landing, terms, f"{terms}version/", f"{terms}version/1/edition/", f"{terms}changes/")
    answers = {
        (address, junk): client.get(f"{address}{junk}/").status_code
        for address in below
        for junk in JUNK
    }
    assert set(answers.values()) <= {200, 404}, answers


def test_what_is_posted_to_an_invitation(website: list[str], client: Client) -> None:
    assert broken(client, website[0], {"shows_name", "next", "c"}, send=True) == []
