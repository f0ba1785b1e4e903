"""Workers that run the periodic work at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.messages import outbox, reminders
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate
from tests.api_client import basket_of, place, priced
from tests.races.harness import results, run_together
from tests.races.scenarios.rows import available_reward, referred_order
from tests.shop import product


def work_by_four(program: Any) -> None:
    """Four workers run the periodic work at once over ten paid orders."""
    referrals = [referred_order(program) for _ in range(10)]
    Referral.objects.update(settled_at=None)
    results(run_together(*[partial(call_command, "referrals_work", verbosity=0) for _ in range(4)]))
    rewards = Reward.objects.filter(referral__in=referrals, side="advocate")
    assert rewards.filter(state=Reward.State.AVAILABLE).count() == 10
    assert (
        OutboxMessage.objects.filter(
            reward__in=rewards, event="referral_reward_available", state="sent"
        ).count()
        == 10
    )
    codes = set(rewards.values_list("voucher_code", flat=True))
    mails = [code for sent in mail.outbox for code in codes if pretty(code) in sent.body]
    assert sorted(mails) == sorted(codes), "a reward was mailed twice, or not at all"
    assert audit() == []


def reminded_by_four(program: Any) -> None:
    """Four workers remind the owners of ten rewards that expire soon."""
    rewards = [available_reward(program) for _ in range(10)]
    soon = timezone.now() + timedelta(days=3)
    of_trial = Reward.objects.filter(pk__in=[reward.pk for reward in rewards])
    of_trial.update(expires_at=soon, available_at=soon - timedelta(days=90))
    with outbox.sent_later():
        outcomes = run_together(*[reminders.remind_due for _ in range(4)])
    assert sum(progress.handled for progress in results(outcomes)) == 10
    mails = OutboxMessage.objects.filter(reward__in=rewards, event="referral_reward_expiring")
    assert mails.count() == 10
    of_trial.update(expires_at=soon + timedelta(days=365))


def order_repaired_by_four(program: Any) -> None:
    """A fault kept an order from being credited; four workers find it at once."""
    basket = basket_of(None, product("100.00"))
    basket.vouchers.add(code_for(advocate=advocate(program)).voucher)
    with patch("oscar_referrals.checkout.benefit.record_use", side_effect=RuntimeError("fault")):
        order = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    assert not Referral.objects.filter(order_number=order.number).exists()
    for _repaired, failed in results(run_together(*[reconcile for _ in range(4)])):
        assert failed == 0
    assert Referral.objects.filter(order_number=order.number).count() == 1
    for referral in Referral.objects.filter(order_number=order.number):
        settle(referral.pk)
    assert audit() == []
