from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.utils.translation import override

from oscar_referrals import signals
from oscar_referrals.programs.drafts import create_program
from oscar_referrals.programs.lifecycle import NotPossible, end, may_become, pause, resume, stop
from oscar_referrals.programs.models import Program
from oscar_referrals.test.factories import default_site, live_program

pytestmark = pytest.mark.django_db


def test_a_program_is_paused_and_resumed() -> None:
    program = pause(program=live_program(), reason="Out of stock")
    assert (program.status, program.status_reason) == ("paused", "Out of stock")
    assert resume(program=program).status == Program.Status.LIVE


def test_a_stopped_program_can_be_resumed_and_an_ended_one_cannot() -> None:
    program = stop(program=live_program(), reason="Code on a coupon site")
    assert resume(program=program).status == Program.Status.LIVE
    program = end(program=program)
    with override("en-gb"), pytest.raises(NotPossible, match="Ended"):
        resume(program=program)
    assert stop(program=program).status == Program.Status.STOPPED


@pytest.mark.parametrize("action", [pause, resume, end, stop])
def test_a_draft_is_published_and_nothing_else(action: Any) -> None:
    program = create_program(site=default_site(), name="x")
    with override("en-gb"), pytest.raises(NotPossible, match="has not been published yet"):
        action(program=program)


def test_pausing_twice_is_refused() -> None:
    program = pause(program=live_program())
    assert not may_become(program, "paused")
    with override("en-gb"), pytest.raises(NotPossible, match="in this state already"):
        pause(program=program)


def test_a_program_is_not_resumed_beside_another() -> None:
    first = pause(program=live_program(name="First"))
    live_program(name="Second")
    with override("en-gb"), pytest.raises(NotPossible, match="“Second” is live"):
        resume(program=first)


def test_wind_down_counts_from_the_moment_at_which_claims_stopped() -> None:
    program = live_program()
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        paused = pause(program=program)
    with time_machine.travel(datetime(2030, 2, 1, tzinfo=UTC), tick=False):
        ended = end(program=paused)
    assert ended.status_changed_at == datetime(2030, 1, 1, tzinfo=UTC)


def test_the_shop_hears_of_it(django_capture_on_commit_callbacks: Any) -> None:
    heard = []

    def listen(program: Program, status: str, **kwargs: Any) -> None:
        heard.append((program.pk, status))

    program = live_program()
    signals.program_status_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            pause(program=program)
    finally:
        signals.program_status_changed.disconnect(listen)
    assert heard == [(program.pk, "paused")]
