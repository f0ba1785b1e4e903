"""Workers that run the periodic work at once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.checkout.credit_reconcile import reconcile_credit
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.messages import outbox, pace, reminders, terms_notices
from oscar_referrals.messages.events import TERMS_CHANGED
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.recipients import Recipient
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import reserve
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate
from tests.api_client import basket_of, place, priced
from tests.races.harness import results, run_together
from tests.races.scenarios.rows import (
    available_reward,
    credit_lot,
    program_with_new_version,
    referred_order,
)
from tests.rewards.cases import order
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
    outcomes = run_together(*[reminders.remind_due for _ in range(4)])
    assert sum(progress.handled for progress in results(outcomes)) == 10
    mails = OutboxMessage.objects.filter(reward__in=rewards, event="referral_reward_expiring")
    assert mails.count() == 10
    of_trial.update(expires_at=soon + timedelta(days=365))


def change_told_by_four(_program: Any = None) -> None:
    """Four workers tell seven members of a new version, in batches of two: each member once."""
    program = program_with_new_version(members=7)
    with patch("oscar_referrals.messages.terms_notices.BATCH", 2):
        results(run_together(*[terms_notices.owe_due for _ in range(4)]))
    notices = OutboxMessage.objects.filter(program=program, event=TERMS_CHANGED)
    told = sorted(notices.values_list("advocate", flat=True))
    assert told == sorted(program.advocates.values_list("pk", flat=True))
    mail.outbox.clear()
    results(run_together(*[outbox.send_due for _ in range(4)]))
    sent = Counter(to for message in mail.outbox for to in message.to if is_notice(message))
    assert sent == Counter(program.advocates.values_list("user__email", flat=True))


def is_notice(message: Any) -> bool:
    return "what changes in the terms" in message.subject


def one_turn_taken_by_four(program: Any) -> None:
    """Four workers have a mail for the same person, who gets one in a week."""
    person = Recipient(user=advocate(program).user)
    now = timezone.now()

    def send() -> bool:
        try:
            with pace.turn(person, now):
                return True
        except pace.TooSoon:
            return False

    assert sum(results(run_together(*[send for _ in range(4)]))) == 1


def order_repaired_by_four(program: Any) -> None:
    """A fault kept an order from being credited; four workers find it at once."""
    basket = basket_of(None, product("100.00"))
    basket.vouchers.add(code_for(advocate=advocate(program)).voucher)
    with patch("oscar_referrals.checkout.benefit.record_use", side_effect=RuntimeError("fault")):
        placed = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    assert not Referral.objects.filter(order_number=placed.number).exists()
    for progress in results(run_together(*[reconcile for _ in range(4)])):
        assert progress.errors == []
    assert Referral.objects.filter(order_number=placed.number).count() == 1
    for referral in Referral.objects.filter(order_number=placed.number):
        settle(referral.pk)
    assert audit() == []


def source_added_by_four(program: Any) -> None:
    """An order paid with credit lacks its payment source; four workers find it at once."""
    lot = credit_lot(program)
    basket = basket_of(lot.owner, product("100.00"))
    long_ago = timezone.now() - timedelta(hours=1)
    placed = order("80.00", user=lot.owner, date_placed=long_ago)
    reserve(owner_id=lot.owner_id, basket_id=basket.pk, currency="MYR", amount=100)
    begin(basket_id=basket.pk, order_number=placed.number, currency="MYR", amount=100)
    capture(order_number=placed.number)
    for progress in results(run_together(*[reconcile_credit for _ in range(4)])):
        assert progress.errors == []
    assert [source.amount_debited for source in placed.sources.all()] == [Decimal("1.00")]
