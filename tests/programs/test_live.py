from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from oscar_referrals.programs.lifecycle import pause
from oscar_referrals.programs.live import live_offer, live_program, offered_version
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.test import factories
from oscar_referrals.test.factories import SiteFactory, default_site, publish_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(rf: RequestFactory) -> Any:
    return rf.get("/")


def test_two_queries_for_any_number_of_questions(
    request_: Any, django_assert_num_queries: Any
) -> None:
    factories.live_program()
    with django_assert_num_queries(2), override("en-gb"):
        for _ in range(5):
            offer = live_offer(request_)
            assert offer.sentence("friend").startswith("MYR")
            assert offer.sentence("advocate")
            assert len(offer.clauses()) > 10
            assert offer.currencies == {"MYR"}


def test_no_program_is_asked_for_once(request_: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert live_offer(request_) is None
        assert live_offer(request_) is None


def test_a_paused_program_is_no_offer(request_: Any) -> None:
    pause(program=factories.live_program())
    assert live_offer(request_) is None
    assert live_program(default_site().pk) is None


def test_dates_decide(rf: RequestFactory) -> None:
    now = timezone.now()
    program = factories.live_program(starts_at=now + timedelta(hours=1))
    assert live_offer(rf.get("/")) is None
    publish_again(program, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    assert live_offer(rf.get("/")) is not None


def test_the_site_of_the_host_without_a_site_id(
    settings: Any, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    ours = factories.live_program(site=SiteFactory(domain="kedai.example"))
    factories.live_program(site=SiteFactory(domain="other.example"))
    del settings.SITE_ID
    with django_assert_num_queries(2):
        offer = live_offer(rf.get("/", headers={"host": "kedai.example:8000"}))
    assert offer.program == ours
    assert live_offer(rf.get("/", headers={"host": "unknown.example"})) is None


def test_outside_a_request_the_settings_decide() -> None:
    program = factories.live_program()
    assert live_offer(None).program == program


def test_a_link_offers_its_version_until_its_wind_down_is_over() -> None:
    program = factories.live_program(wind_down_days=10)
    first = program.current_version
    second = publish_again(program, wind_down_days=10)
    program.refresh_from_db()
    first.refresh_from_db()
    soon = first.superseded_at + timedelta(days=9)
    late = first.superseded_at + timedelta(days=10)
    assert offered_version(program, 1, soon) == first
    assert offered_version(program, 1, late) == second
    assert offered_version(program, 2, soon) == second
    assert offered_version(program, None, soon) == second
    assert offered_version(program, 99, soon) == second


def test_a_draft_is_never_offered() -> None:
    program = factories.live_program()
    draft = factories.draft_version(program=program)
    assert draft.status == ProgramVersion.Status.DRAFT
    assert offered_version(program, draft.number) == program.current_version
