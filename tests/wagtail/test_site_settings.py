"""A website's settings say which program its pages speak of, and where friends go on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from oscar_referrals.account import destinations
from oscar_referrals.programs.live import live_offer
from oscar_referrals.test.factories import referral_code
from tests.shop import Visitor, product
from tests.wagtail.website import home, make_program
from wagtail_referrals.site_settings import PAGES_SET, ReferralSettings


def _request(site: Site | None) -> Any:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    if site is not None:
        request._wagtail_site = site
    return request


def test_a_website_speaks_only_of_its_own_program_and_asks_no_more(live: Any) -> None:
    site = Site.objects.get()
    with CaptureQueriesContext(connection) as queries:
        assert live_offer(_request(site)).program == live
    assert len(queries) == 2
    settings = ReferralSettings.objects.create(site=site, program=live)
    assert live_offer(_request(site)).program == live
    settings.program = make_program()
    settings.save()
    with CaptureQueriesContext(connection) as queries:
        assert live_offer(_request(site)) is None
    assert len(queries) <= 2
    # The shop's own pages go by the shop's program, which its till goes by as well.
    assert live_offer(_request(None)).program == live


def test_friends_go_on_to_the_page_that_is_set(live: Any) -> None:
    page, code = home(), referral_code(live)
    settings = ReferralSettings.objects.create(site=Site.objects.get(), friends_page=page)
    link = reverse("referrals:landing", kwargs={"code": code.code})
    assert Visitor().client.post(link).url == page.url
    own = Visitor().client.post(f"{link}?next=/catalogue/")
    assert own.url == "/catalogue/"
    shopper = Visitor()
    shopper.add(product("100.00"))
    assert shopper.client.post(link).url == reverse("basket:summary")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    elsewhere = Visitor().client.post(link).url
    settings.delete()
    assert elsewhere == Visitor().client.post(link).url


def test_a_link_costs_no_more_than_without_wagtail_where_no_page_is_set(
    live: Any, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    link = reverse("referrals:landing", kwargs={"code": referral_code(live).code})
    ReferralSettings.objects.create(site=Site.objects.get(), program=live)
    with monkeypatch.context() as alone:
        alone.setattr(destinations, "INVITATIONS", {})
        Visitor().client.get(link)
        with CaptureQueriesContext(connection) as without:
            Visitor().client.get(link)
    # The first of them in a while asks.
    with django_assert_num_queries(len(without) + 1):
        Visitor().client.get(link)
    with django_assert_num_queries(len(without)):
        Visitor().client.get(link)


def test_a_page_that_is_set_or_taken_away_counts_at_once(
    live: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page, code = home(), referral_code(live)
    link = reverse("referrals:landing", kwargs={"code": code.code})
    shop = Visitor().client.post(link).url
    site = Site.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        settings = ReferralSettings.objects.create(site=site, friends_page=page)
        # Another worker asks before that is committed.
        cache.set(PAGES_SET, set())
    assert Visitor().client.post(link).url == page.url
    with django_capture_on_commit_callbacks(execute=True):
        settings.friends_page = None
        settings.save()
    assert Visitor().client.post(link).url == shop


def test_they_are_edited_by_those_who_may(editor: Any, signed_in: Any, live: Any) -> None:
    site = Site.objects.get()
    address = reverse(
        "wagtailsettings:edit", args=["wagtail_referrals", "referralsettings", site.pk]
    )
    for client in (editor, signed_in("change_referralsettings")):
        assert client.get(address).status_code == 200
        data = {"program": live.pk, "friends_page": ""}
        assert client.post(address, data).status_code == 302
        assert ReferralSettings.objects.get().program == live
    other = signed_in("view_program")
    assert other.get(address).status_code == 302
    assert address not in other.get(reverse("wagtailadmin_home")).content.decode()
