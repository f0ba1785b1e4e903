"""The first weeks of the demonstration's year and all its stories: all parts fit together.

Run with ``--ds=tests.projects.sandbox.settings``.
"""

from __future__ import annotations

from datetime import timedelta
from heapq import heapify
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import Reward

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
    from demo import basics, catalogue, people, website
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
    assert version.number == 2
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
