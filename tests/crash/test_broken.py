"""The crash test once more, with what a crash must not part taken apart: it has to see that."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.checkout import placement
from oscar_referrals.messages import reminders
from oscar_referrals.rewards import settle
from oscar_referrals.rewards.models import CreditUse, Reward
from tests.crash import test_crash
from tests.crash.harness import DIED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]


Deferral = Callable[[Callable[..., Any]], Callable[..., bool]]


@pytest.fixture
def after_the_commit(monkeypatch: pytest.MonkeyPatch) -> Deferral:
    """Defer a function to the end of its transaction; the child dies when it comes to it.

    Where that is among the steps is nothing that a test should have to know.
    """
    parent, dying = os.getpid(), []

    def only_there(steps: int) -> list[int]:
        dying.append(True)
        return [steps + 1]

    def late(what: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        if dying and os.getpid() != parent:
            os._exit(DIED)
        what(*args, **kwargs)

    def deferred(what: Callable[..., Any]) -> Callable[..., bool]:
        def noted(*args: Any, **kwargs: Any) -> bool:
            transaction.on_commit(partial(late, what, *args, **kwargs))
            return True

        return noted

    monkeypatch.setattr(test_crash, "chosen", only_there)
    return deferred


def test_books_that_are_written_after_the_commit(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, after_the_commit: Deferral
) -> None:
    monkeypatch.setattr(settle, "_post", after_the_commit(settle._post))
    with pytest.raises(AssertionError, match="the books are off"):
        test_crash.test_a_crash_changes_nothing(test_crash.issue, tmp_path, settings)


def test_a_redemption_that_is_noted_after_the_order(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, after_the_commit: Deferral
) -> None:
    monkeypatch.setattr(placement, "spend", after_the_commit(placement.spend))
    # The net below: it finds the order by the usage that Oscar has recorded.
    monkeypatch.setattr(test_crash, "reconcile", lambda: None)
    with pytest.raises(AssertionError, match="died at step"):
        test_crash.test_a_crash_changes_nothing(test_crash.redeem, tmp_path, settings)


def test_a_reversal_whose_reason_is_kept_after_the_commit(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, after_the_commit: Deferral
) -> None:
    decisions = Decision.objects
    monkeypatch.setattr(decisions, "bulk_create", after_the_commit(decisions.bulk_create))
    with pytest.raises(AssertionError, match="died at step"):
        test_crash.test_a_crash_changes_nothing(test_crash.reverse, tmp_path, settings)


def test_mails_that_are_owed_after_the_commit(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, after_the_commit: Deferral
) -> None:
    monkeypatch.setattr(reminders, "put", after_the_commit(reminders.put))
    with pytest.raises(AssertionError, match="died at step"):
        test_crash.test_a_crash_changes_nothing(test_crash.work, tmp_path, settings)


def test_a_payment_that_begins_in_two_steps(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, after_the_commit: Deferral
) -> None:
    give_rest_back = after_the_commit(
        lambda pk, amount: Reward.objects.filter(pk=pk).update(reserved=amount)
    )

    def begin_in_two(*, basket_id: int, order_number: str, amount: int, **kwargs: Any) -> None:
        """As the till does it, but what the payment does not need is given back by itself."""
        [use] = CreditUse.objects.filter(basket=basket_id, state="reserved")
        CreditUse.objects.filter(pk=use.pk).update(
            state="paying", order_number=order_number, amount=amount
        )
        give_rest_back(use.reward_id, amount)

    monkeypatch.setattr(test_crash, "begin", begin_in_two)
    with pytest.raises(AssertionError, match="its uses say"):
        test_crash.test_a_crash_changes_nothing(test_crash.pay_with_credit, tmp_path, settings)


def capture_in_two(*, order_number: str, now: datetime | None = None) -> int:
    """As the till does it, but the uses say that they are spent before their rewards do."""
    moment = now or timezone.now()
    uses = list(CreditUse.objects.filter(order_number=order_number, state="paying"))
    for use in uses:
        Referral.objects.filter(rewards=use.reward_id).update(settle_due_at=moment)
        CreditUse.objects.filter(pk=use.pk).update(state="captured", changed_at=moment)
        Reward.objects.filter(pk=use.reward_id).update(
            used=F("used") + use.amount, reserved=F("reserved") - use.amount
        )
    return sum(use.amount for use in uses)


def test_credit_that_is_captured_in_two_steps(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_crash, "capture", capture_in_two)
    # Between the last two statements.
    monkeypatch.setattr(test_crash, "chosen", lambda steps: [steps])
    with pytest.raises(AssertionError, match="its uses say"):
        test_crash.test_a_crash_changes_nothing(test_crash.pay_with_credit, tmp_path, settings)


def test_every_scenario_is_run_on_broken_code_as_well() -> None:
    """A scenario that was never seen to fail proves nothing."""
    broken = Path(__file__).read_text()
    names = [scenario.__name__ for scenario in test_crash.SCENARIOS]
    assert [name for name in names if f"(test_crash.{name}, tmp_path" not in broken] == []
