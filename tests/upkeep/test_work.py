"""The periodic work: all steps, each although another failed."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.management.commands import referrals_work
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards import due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.touches import record
from oscar_referrals.test.factories import advocate, live_program, publish_again
from oscar_referrals.upkeep import jobs
from tests.rewards.cases import DAY, pay, referred

pytestmark = pytest.mark.django_db


def work() -> str:
    out = StringIO()
    call_command("referrals_work", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_releases_and_mails(mailoutbox: list[Any]) -> None:
    referral = referred(live_program(hold_days=14))
    pay(referral.order, moment=timezone.now() - 15 * DAY)
    text = work()
    assert "1 referrals settled" in text
    assert Reward.objects.get(side="advocate").state == Reward.State.AVAILABLE
    due_now = OutboxMessage.objects.filter(due_at__lte=timezone.now())
    assert set(due_now.values_list("state", flat=True)) == {"sent", "held"}
    assert len(mailoutbox) == 2
    work()
    assert len(mailoutbox) == 2


def test_it_tells_members_of_new_terms(mailoutbox: list[Any]) -> None:
    program = live_program()
    advocate(program)
    publish_again(program, friend={"value": 500})
    assert "1 notices of new terms owed" in work()
    assert "what changes in the terms" in mailoutbox[-1].subject
    assert "0 notices of new terms owed" in work()


def test_it_deletes_old_touches(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"TOUCH_RETENTION": timedelta(days=30)}
    code = code_for(advocate=advocate(live_program()))
    record(code=code, method="link", now=timezone.now() - timedelta(days=31))
    kept = record(code=code, method="link", now=timezone.now() - timedelta(days=29))
    assert "1 touches deleted" in work()
    assert list(Touch.objects.all()) == [kept]


def test_it_is_recorded() -> None:
    referred(live_program())
    work()
    run = jobs.last_run(referrals_work.WORK)
    assert run is not None
    assert (run.failed, run.error) == (0, "")
    # The referral, its two mails, the thanks that nobody has agreed to, and the program's offer.
    assert run.handled == 5


def test_a_step_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    referred(live_program())

    def broken(**kwargs: Any) -> None:
        raise RuntimeError("no connection")

    monkeypatch.setattr(due, "settle_due", broken)
    with pytest.raises(CommandError, match="referrals settled: RuntimeError: no connection"):
        work()
    assert len(mailoutbox) == 1
    run = jobs.last_run(referrals_work.WORK)
    assert run is not None
    assert run.failed == 1


def test_a_row_that_fails_makes_the_command_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    program = live_program()
    broken, whole = referred(program), referred(program)
    settle = due.settle

    def fail_for_one(pk: int, **kwargs: Any) -> Any:
        if pk == broken.pk:
            raise RuntimeError("odd")
        return settle(pk, **kwargs)

    monkeypatch.setattr(due, "settle", fail_for_one)
    with pytest.raises(CommandError, match=f"Referral {broken.pk}: RuntimeError: odd"):
        work()
    assert Referral.objects.get(pk=whole.pk).settled_at is not None


def test_a_bar_on_a_terminal_only() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    terminal, log = Terminal(), StringIO()
    referred(live_program())
    call_command("referrals_work", stdout=StringIO(), stderr=terminal)
    assert "1/1 referrals settled" in terminal.getvalue()
    call_command("referrals_work", stdout=StringIO(), stderr=log)
    assert log.getvalue() == ""


def test_a_part_of_the_repairs_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise RuntimeError("no connection")

    monkeypatch.setattr(referrals_work, "let_go_of_stale", broken)
    asked = []
    monkeypatch.setattr(referrals_work, "reconcile", lambda **kwargs: asked.append(kwargs))
    with pytest.raises(CommandError, match="rewards of old baskets: RuntimeError: no connection"):
        work()
    assert asked == [{"days": 2 * referrals_work.LOOK_BACK}]
