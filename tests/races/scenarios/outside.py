"""Staff book that they paid a guest outside the shop, while the guest proves the address."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial
from itertools import cycle
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from oscar_referrals.identity import email_key
from oscar_referrals.members.proofs import prove
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.models import OutsideSettlement, Reward
from oscar_referrals.rewards.outside import settle_outside
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.target import GIVE_UP_LOOKING
from oscar_referrals.rewards.triggers import settle_guest
from oscar_referrals.test.factories import UserFactory
from tests.races.harness import run_together
from tests.races.scenarios.rows import guest_order, pay_unnoticed, program_for_guests

#: How long the guest looks at the page, in seconds: staff's way is longer, and would never win.
LOOKS = cycle((0.0, 0.02, 0.05, 0.1))
ALONE = {"ASSIGN_ALONE": {"MYR": 10_000}}


def paid_outside_by_three_and_claimed(_program: Any = None) -> None:
    """Three of the staff book a payment, and the guest presses the button under the mail, all at
    once: it is paid outside the shop once, or handed out, and never both."""
    account = UserFactory()
    waits = guest_order(program_for_guests(), account.email)
    pay_unnoticed(waits.order)
    # So late that nothing is looked at again: settling then writes nothing that others wait for.
    late = timezone.now() + GIVE_UP_LOOKING
    settle(waits.pk, now=late)
    reward = Reward.objects.get(referral=waits, side="friend")
    people = [UserFactory(is_staff=True) for _ in range(3)]
    with override_settings(OSCAR_REFERRALS=settings.OSCAR_REFERRALS | ALONE):
        outcomes = run_together(
            *[partial(_pay, reward.pk, person, late) for person in people],
            partial(_claim, account, next(LOOKS)),
        )
    strange = [found.error for found in outcomes if found.error is not None]
    assert all(isinstance(error, NotPossible) for error in strange), strange
    settle(waits.pk)
    reward.refresh_from_db()
    paid = OutsideSettlement.objects.filter(reward=reward).count()
    assert (paid, reward.state) in ((1, Reward.State.REDEEMED), (0, Reward.State.AVAILABLE))
    # Whichever it was, the guest finds it.
    assert reward.owner == account
    assert audit() == []


def _pay(reward_id: int, person: Any, now: datetime) -> None:
    settle_outside(
        reward_id=reward_id, actor=person, note="No account", reference="Transfer", now=now
    )


def _claim(account: Any, looks: float) -> None:
    time.sleep(looks)
    with transaction.atomic():
        assert prove(account, email_key(account.email))
        settle_guest(account)
