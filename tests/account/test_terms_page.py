"""The frozen terms as a page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from oscar_referrals.account.terms import terms_of
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.test.factories import live_program, publish_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return live_program()


def test_todays_terms_are_those_of_the_live_version_in_the_readers_language(program, client):
    response = client.get(reverse("referrals:current-terms"), follow=True)
    shown = response.context["terms"]
    assert (shown.version, shown.language) == (program.current_version, "en-gb")
    assert shown.html in response.content.decode()
    assert shown.sha256 in response.content.decode()
    with translation.override("ms"):
        assert terms_of(program.current_version).language == "ms"


@pytest.mark.parametrize(("active", "found"), [("en", "en-gb"), ("de", "en-gb"), ("id", "id")])
def test_the_nearest_language_is_offered(program, active, found):
    with translation.override(active):
        assert terms_of(program.current_version).language == found


def test_an_earlier_edition_stays_readable_and_says_so(program, client):
    old = TermsVersion.objects.get(version=program.current_version, language="en-gb")
    publish_again(program)
    page = client.get(reverse("referrals:terms", args=[old.pk])).content.decode()
    assert old.html in page
    assert "This is an earlier edition." in page


def test_terms_in_another_language_say_so(program, client):
    malay = TermsVersion.objects.get(version=program.current_version, language="ms")
    page = client.get(reverse("referrals:terms", args=[malay.pk])).content.decode()
    assert '<div lang="ms">' in page
    assert "These terms are not shown in your language." in page
    assert 'hreflang="en-gb"' in page


def test_without_a_program_the_way_leads_to_the_portal(client):
    response = client.get(reverse("referrals:current-terms"))
    assert response.url == reverse("referrals:portal")
