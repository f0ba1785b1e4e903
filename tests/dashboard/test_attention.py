"""What failed shows with its error in words, and can be tried again."""

from __future__ import annotations

import contextlib

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.failures import advice
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.triggers import try_settle
from oscar_referrals.test.factories import UserFactory
from tests.dashboard.pages import url
from tests.rewards.cases import referred, set_status

pytestmark = pytest.mark.django_db

FAILING = {"ORDER_FACTS": "tests.rewards.test_due.failing_for_some"}


@pytest.fixture
def broken(program, settings):
    """A referral that can't be settled as long as the shop's function fails."""
    settings.OSCAR_REFERRALS = FAILING
    referral = referred(program)
    set_status(referral.order, "Complete")
    assert not try_settle(referral.pk)
    referral.refresh_from_db()
    return referral


def test_nothing_failed(operator):
    assert operator.get(url("attention")).content.decode().count("Nothing failed.") == 2


def test_a_failure_shows_with_its_words_and_a_button(operator, broken):
    page = operator.get(url("attention")).content.decode()
    assert f"#{broken.order_number}" in page
    assert "Something unexpected happened" in page
    assert "RuntimeError: no answer from the payment provider" in page
    assert "once, on" in page
    assert url("referral-settle", broken.pk) in page
    programs = operator.get(url("program-list")).content.decode()
    assert "The rewards of 1 referral could not be brought up to date." in programs
    assert url("attention") in programs


def test_who_may_not_change_rewards_gets_no_button(staff, broken):
    page = staff("view_referral").get(url("attention")).content.decode()
    assert "Something unexpected happened" in page
    assert "Try again</" not in page.replace("Try again<span", "Try again</")
    assert staff("view_referral").post(url("referral-settle", broken.pk)).status_code == 403


def test_it_is_tried_again(operator, broken, settings):
    answer = operator.post(url("referral-settle", broken.pk), follow=True).content.decode()
    assert "It failed again." in answer
    assert "2 times, last on" in answer
    settings.OSCAR_REFERRALS = {}
    answer = operator.post(url("referral-settle", broken.pk), follow=True).content.decode()
    assert "the rewards are up to date" in answer
    broken.refresh_from_db()
    assert broken.settle_error == ""


def test_it_takes_a_post(operator, broken):
    assert operator.get(url("referral-settle", broken.pk)).status_code == 405


def test_mails_that_fail_stand_beside_them(operator, program):
    settle(referred(program).pk)
    message = OutboxMessage.objects.first()
    OutboxMessage.objects.filter(pk=message.pk).update(
        state="failed", error="SMTPServerDisconnected: gone"
    )
    OutboxMessage.objects.create(
        key="other",
        event="x",
        user=UserFactory(),
        state="failed",
        error="outdated",
        next_attempt_at=timezone.now(),
    )
    page = operator.get(url("attention")).content.decode()
    assert "SMTPServerDisconnected: gone" in page
    assert "outdated" not in page
    assert url("message-resend", message.pk) in page


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("", ""),
        ("NotIssuable: The program x has no offer.", "can't be handed out: The program x has no"),
        ("VouchersChanged: ...", "changed again and again"),
        ("LedgerConflict: ...", "check_ledger"),
        ("OperationalError: database is locked", "database was busy"),
        ("ModuleNotFoundError: No module named shop", "is not installed"),
    ],
)
def test_errors_in_plain_words(error, words, broken):
    broken.settle_error = error
    assert words in advice(broken)
    assert bool(advice(broken)) == bool(words)


def test_periodic_work_that_failed_stands_below_until_it_works(operator, broken, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(
            "oscar_referrals.management.commands.referrals_work.free_abandoned", lambda: 1 / 0
        )
        with pytest.raises(CommandError, match="rewards of abandoned payments"):
            call_command("referrals_work", verbosity=0)
    page = operator.get(url("attention")).content.decode()
    assert "Periodic work that failed" in page
    assert "rewards of abandoned payments: ZeroDivisionError: division by zero" in page
    with contextlib.suppress(CommandError):
        call_command("referrals_work", verbosity=0)
    assert "ZeroDivisionError" not in operator.get(url("attention")).content.decode()
