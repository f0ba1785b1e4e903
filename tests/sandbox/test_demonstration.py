"""The first weeks of the demonstration's year and all its stories: all parts fit together.

Run with ``--ds=tests.projects.sandbox.settings``.
"""

from __future__ import annotations

from datetime import timedelta
from heapq import heapify
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.receipts import receipts_of
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import ReferralCode

pytestmark = pytest.mark.skipif(
    not apps.is_installed("demo"), reason="runs in the demonstration shop only"
)

#: Long enough for the first friends to order and for a reward to outlast its hold.
WEEKS = 8


def blank_picture(*args: Any, **kwargs: Any) -> Image.Image:
    return Image.new("RGB", (16, 12))


@pytest.fixture(scope="session")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> None:
    """The shop, its website, the first weeks of the year and what is told of single people after
    that, in the database of this run."""
    from demo import basics, campaign, catalogue, people, website
    from demo.progress import Progress
    from demo.year import Year

    progress = Progress(StringIO())
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        # Drawing the pictures takes longer than all the rest.
        for module, name in (
            (catalogue, "draw_product"),
            (catalogue, "draw_inside"),
            (website, "hills_at_dawn"),
            (website, "morning_table"),
        ):
            patched.setattr(module, name, blank_picture)
        basics.load_basics(progress)
        people.load_people(progress)
        catalogue.load_catalogue(progress)
        website.load_website(progress)
        year = Year(now=timezone.now())
        year.plan()
        for _moment in year.live(until=year.events[0].at + timedelta(weeks=WEEKS)):
            pass
        year.events = [event for event in year.events if is_story(event, year)]
        heapify(year.events)
        for _moment in year.live():
            pass
        call_command("referrals_work", verbosity=0)
        campaign.load_campaign(progress)


def is_story(event: Any, year: Any) -> bool:
    """Not one of the many orders, shares and weeks of work that are like those before."""
    from demo import friends, spreading

    happen, arguments = event.happen.func, event.happen.args
    if happen is friends.arrive:
        # Those of single people's stories have numbers of their own.
        return arguments[1] >= 900
    return happen not in (year._buy, year._work, spreading._tell, spreading._look_at)


@pytest.fixture
def shop(demonstration: None, db: None) -> None:
    """What each test sees: the demonstration, and nothing of another test."""


def test_the_books_are_in_order(shop: None) -> None:
    out = StringIO()
    call_command("check_ledger", "--resettle", "50", stdout=out)
    assert "The books are in order" in out.getvalue()
    verdicts = [line for line in out.getvalue().splitlines() if line.startswith("I")]
    assert len(verdicts) == 14
    assert [line.split()[0] for line in verdicts if " ok " not in line] == ["I13", "I14"]
    assert Referral.objects.filter(state="bound").exists()
    assert Reward.objects.filter(side="advocate", state="available").exists()


def test_every_decision_comes_out_the_same_when_it_is_decided_again(shop: None) -> None:
    out, differing = StringIO(), StringIO()
    call_command("replay_decisions", stdout=out, stderr=differing)
    assert differing.getvalue() == ""
    assert f"All {Decision.objects.count()} decisions come out the same." in out.getvalue()
    (unknown,) = (line for line in out.getvalue().splitlines() if line.startswith("unknown"))
    assert unknown.split()[1:] == ["0", "0", "0", "0"]
    by_staff = ("credited by hand", "credit taken by hand", "advocates merged", "code withdrawn")
    for kind in (*by_staff, "credit by hand asked"):
        (line,) = (line for line in out.getvalue().splitlines() if line.startswith(kind))
        assert int(line.removeprefix(kind).split()[0]), kind


def test_the_live_program_has_its_terms_in_every_language(shop: None) -> None:
    version = Program.objects.get(status="live").current_version
    assert version.number == 3
    terms = dict(version.terms_versions.values_list("language", "text"))
    assert set(terms) == {"en-gb", "ms", "id"}
    assert all(terms.values())


@pytest.mark.parametrize("language", ["en-gb", "ms", "id"])
def test_the_home_page_opens(shop: None, client: Any, language: str) -> None:
    answer = client.get(f"/{language}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert settings.OSCAR_SHOP_NAME in page


@pytest.mark.parametrize(
    ("language", "slugs"),
    [
        ("en-gb", ("refer-a-friend", "kawan-kopi", "invitation", "year-end-gifts")),
        ("ms", ("rujuk-rakan", "kawan-kopi", "jemputan", "hadiah-akhir-tahun")),
        ("id", ("ajak-teman", "kawan-kopi", "undangan", "hadiah-akhir-tahun")),
    ],
)
def test_the_pages_about_the_program_show_every_word_of_the_editor(
    shop: None, client: Any, language: str, slugs: tuple[str, ...]
) -> None:
    from demo.campaign_words import WORDS

    words = WORDS[language]
    for slug, about in zip(
        slugs, (words.advocate, words.overview, words.invitation, words.campaign), strict=True
    ):
        page = unescape(client.get(f"/{language}/{slug}/").content.decode())
        assert about.title in page
        for said in [
            *(asked for asked, _answer in about.questions),
            about.said and about.said.quote,
        ]:
            assert said is None or said in page
    home = client.get(f"/{language}/").content.decode()
    assert f'href="/{language}/{slugs[3]}/"' in home
    assert f'href="/{language}/{slugs[0]}/"' in home


def test_a_share_link_leads_to_the_invitation_page_of_the_website(shop: None, client: Any) -> None:
    code = ReferralCode.objects.filter(advocate__user__email="advocate@example.com").last()
    answer = client.get(f"/ms/shop/r/{code.code}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/ms/jemputan/{code.code}/"


def test_the_advocate_has_receipts_and_a_change_to_read(shop: None, client: Any) -> None:
    advocate = get_user_model().objects.get(email="advocate@example.com")
    client.force_login(advocate)
    numbers = [row.terms.version.number for row in receipts_of(advocate)]
    assert numbers == [2, 1]
    page = client.get("/en-gb/shop/referrals/terms/change/")
    assert page.status_code == 200
    assert "RM\xa0100" in page.content.decode()
