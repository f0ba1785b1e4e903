"""The page of the website to which a share link leads is called by its name."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from oscar_referrals.sharing.links import page_path, share_path
from oscar_referrals.test.factories import referral_code
from tests.wagtail.website import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(live: Any) -> Page:
    return home().add_child(instance=Page(title="Where coffee grows", slug="story"))


def test_a_link_leads_to_a_page_by_its_title_and_back_to_it(
    client: Any, live: Any, story: Page
) -> None:
    code = referral_code(live)
    opened = client.get(page_path(code, "/story/"), follow=True)
    assert "Claim and go to “Where coffee grows”" in opened.content.decode()
    claimed = client.post(opened.redirect_chain[0][0], follow=True)
    assert claimed.redirect_chain[-1][0] == "/story/"
    assert claimed.status_code == 200


def test_a_page_that_not_everybody_may_read_keeps_its_title(
    client: Any, live: Any, story: Page
) -> None:
    path = share_path(referral_code(live), target="/story/")
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert "Where coffee grows" not in client.get(path).content.decode()
    PageViewRestriction.objects.all().delete()
    story.unpublish()
    assert "Where coffee grows" not in client.get(path).content.decode()
