"""Staff credit one order by hand at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.test import override_settings

from oscar_referrals.attribution.assignment_plan import CannotAssign
from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.assign import order_numbered, request_assignment
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.races.harness import run_together
from tests.races.scenarios.rows import lifecycle_of_site, pay_unnoticed
from tests.rewards.cases import order

ALONE = {"ASSIGN_ALONE": {"MYR": 10_000}}


def order_credited_by_six(_program: Any = None) -> None:
    """Six of the staff credit one order to six advocates at the same moment: one has it in the end,
    and one reward is owed."""
    lifecycle_of_site()
    program = live_program(
        friend=None,
        advocate={"value": 2000, "validity_days": 90},
        more=[{"side": "friend", "trigger": "sign_up", "value": 100, "validity_days": 90}],
        hold_days=0,
    )
    placed = order()
    pay_unnoticed(placed)
    codes = [code_for(advocate=advocate(program)) for _ in range(6)]
    with override_settings(OSCAR_REFERRALS=ALONE):
        outcomes = run_together(*[partial(_credit, placed.number, code) for code in codes])
    strange = [found.error for found in outcomes if found.error is not None]
    assert all(isinstance(error, CannotAssign) for error in strange), strange
    credited = Referral.objects.filter(order_number=placed.number)
    assert credited.filter(state=Referral.State.BOUND).count() == 1
    for referral in credited:
        settle(referral.pk)
    rewards = Reward.objects.filter(referral__in=credited)
    assert rewards.filter(state=Reward.State.AVAILABLE).count() == 1
    assert audit() == []


def _credit(number: str, code: ReferralCode) -> None:
    request_assignment(
        order=order_numbered(number),
        code=code,
        actor=UserFactory(is_staff=True),
        note="Forgot the code",
        evidence="A mail",
    )
