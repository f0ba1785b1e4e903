"""Pages about the program: for those who recommend, and the overview."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from oscar_referrals.money import format_day
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import block, code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor
from tests.wagtail.website import LANGUAGES, home
from wagtail_referrals.models import ReferralAdvocatePage, ReferralOverviewPage

BLOCKS = [("text", "<p>Roasted on Thursdays.</p>"), ("referral_share_panel", {"heading": ""})]
FACTS = 7


@pytest.fixture(autouse=True)
def terms_from_pages() -> None:
    """No terms page is needed here, so the program goes without."""


@pytest.fixture
def live() -> Any:
    """RM 15 for each friend, and RM 25 each from the fifth on."""
    return live_program(advocate={"value": 1500, "tiers": {5: {"currency": "MYR", "value": 2500}}})


def made(model: Any, **fields: Any) -> Any:
    page = model(
        title=str(model._meta.verbose_name),
        slug=model.__name__.lower(),
        locale=Locale.objects.get(language_code=LANGUAGES[0]),
        **fields,
    )
    home().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def share_page(page_tree: None) -> Any:
    return made(ReferralAdvocatePage, opening=BLOCKS[:1], body=BLOCKS[1:])


@pytest.fixture
def overview(page_tree: None) -> Any:
    return made(ReferralOverviewPage, opening=BLOCKS[:1])


def read(page: Any, client: Client | None = None) -> str:
    response = (client or Client()).get(page.url)
    assert response.status_code == 200
    return str(response.content.decode())


def as_member(member: Any) -> Client:
    """A member whom the account page has seen."""
    client: Client = Visitor(member.user).client
    client.get(reverse("referrals:portal"))
    return client


def test_visitors_read_how_it_works_and_can_join(live: Any, share_page: Any) -> None:
    html = read(share_page)
    assert "Roasted on Thursdays" in html
    assert "MYR\xa020 off" in html and "MYR\xa015" in html
    assert html.count('class="rf-steps__step"') == 3
    assert html.count("data-rf-fact") == FACTS
    assert reverse("referrals:portal") in html and reverse("referrals:current-terms") in html
    assert "rf-share" not in html and "rf-progress" not in html


def test_members_find_their_link_and_their_goals_once(live: Any, share_page: Any) -> None:
    member = advocate(live)
    code = code_for(advocate=member)
    response = as_member(member).get(share_page.url)
    html = response.content.decode()
    assert code.code in html
    assert html.count('id="rf-share"') == 1
    assert "0 of 5 friends. From friend number 5 on" in html and 'id="rf-progress"' in html
    assert "rf-steps__step" not in html
    assert "private" in response["Cache-Control"]


def test_a_member_whose_code_is_blocked_is_led_to_a_new_one(live: Any, share_page: Any) -> None:
    member = advocate(live)
    client = as_member(member)
    block(code=code_for(advocate=member), reason="test")
    html = read(share_page, client)
    assert 'id="rf-share"' not in html and "Get my link" in html


def test_what_visitors_read_can_be_cached(live: Any, share_page: Any, overview: Any) -> None:
    for page in (share_page, overview):
        response = Client().get(page.url)
        assert response.wsgi_request.session.is_empty()
        assert "private" not in response.get("Cache-Control", "")
    member = as_member(advocate(live))
    # The overview says the same to everybody.
    assert "private" not in member.get(overview.url).get("Cache-Control", "")


def test_the_overview_says_all_of_the_offer(live: Any, overview: Any) -> None:
    html = read(overview)
    assert "Roasted on Thursdays" in html
    assert html.count("data-rf-fact") == FACTS and "Advocates get" in html
    assert html.count('class="rf-steps__step"') == 6
    assert reverse("referrals:current-terms") in html


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lifecycle.pause, "The program is paused"),
        (lifecycle.end, "The program has ended"),
        # That something has leaked is nobody's business.
        (lifecycle.stop, "There is no referral program at the moment"),
    ],
)
def test_both_say_why_there_is_no_offer(
    live: Any, share_page: Any, overview: Any, change: Any, text: str
) -> None:
    change(program=live)
    for page in (share_page, overview):
        html = read(page)
        assert text in html and "Roasted on Thursdays" in html
        assert "MYR\xa0" not in html and "rf-steps" not in html and "data-rf-fact" not in html


def test_a_program_says_on_which_day_it_begins(overview: Any) -> None:
    assert "There is no referral program at the moment" in read(overview)
    starts_at = timezone.now() + timedelta(days=3)
    live_program(starts_at=starts_at)
    assert f"The program begins on {format_day(starts_at)}." in read(overview)


def queries_of(page: Any) -> int:
    Client().get(page.url)
    with CaptureQueriesContext(connection) as queries:
        Client().get(page.url)
    return len(queries)


def test_visitors_cost_at_most_two_queries_more_than_on_a_plain_page(
    live: Any, share_page: Any, overview: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = {page: queries_of(page) for page in (share_page, overview)}
    for page in costs:
        # The same page and template, without what the program says.
        monkeypatch.setattr(type(page), "get_context", Page.get_context)
        type(page).objects.update(opening="[]", body="[]")
        assert costs[page] - queries_of(page) <= 2
        monkeypatch.undo()
    lifecycle.pause(program=live)
    assert all(queries_of(page) <= before for page, before in costs.items())


def test_a_member_costs_the_same_with_the_block_as_without(live: Any, share_page: Any) -> None:
    member = advocate(live)
    code_for(advocate=member)
    client = as_member(member)

    def cost() -> int:
        client.get(share_page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(share_page.url)
        return len(queries)

    with_block = cost()
    share_page.body = []
    share_page.save_revision().publish()
    assert cost() == with_block


def test_editors_create_preview_and_find_them(
    editor: Any, live: Any, share_page: Any, overview: Any
) -> None:
    for page, name in ((share_page, "advocate"), (overview, "overview")):
        assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert page.make_preview_request().status_code == 200
        listing = editor.get(reverse(f"referral_{name}_pages:index"))
        assert page.title in listing.content.decode()
