"""The crash test once more, with what a crash must not part taken apart: it has to see that."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards import settle
from oscar_referrals.rewards.models import CreditUse, Reward
from tests.crash import harness, test_crash

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]


def test_books_that_are_written_after_the_commit(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = settle._post
    monkeypatch.setattr(settle, "_post", lambda *args: transaction.on_commit(partial(post, *args)))
    # Where the process has to die for it is a small part of all steps.
    monkeypatch.setattr(harness, "STEPS", 40)
    with pytest.raises(AssertionError, match="the books are off"):
        test_crash.test_a_crash_changes_nothing(test_crash.issue, tmp_path, settings)


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
