"""What a referral earns besides the two vouchers: programs, and what happens to their referrals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards import due
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import DAY, pay, referred, set_status

SIDES = ("advocate", "friend")


def program_with(trigger: str, side: str = "advocate", **figures: Any) -> Program:
    """A program that promises one thing more than the two vouchers, without a hold."""
    hold_days = figures.pop("hold_days", 0)
    more = {"side": side, "trigger": trigger, "value": 500, "validity_days": 90, **figures}
    return live_program(hold_days=hold_days, more=[more])


def rewards_for(trigger: str, **where: Any) -> list[Reward]:
    """The rewards for one trigger, in the order in which they were made; the books are in order."""
    findings = audit()
    assert not findings, [str(finding) for finding in findings]
    return list(Reward.objects.filter(incentive__trigger=trigger, **where).order_by("pk"))


def states(trigger: str) -> list[tuple[str, str]]:
    return [(reward.state, reward.reason) for reward in rewards_for(trigger)]


def paid_referral(program: Program, member: Advocate, **fields: Any) -> Referral:
    referral = referred(program, member=member, **fields)
    pay(referral.order)
    settle(referral.pk)
    referral.refresh_from_db()
    return referral


def settle_all(now: datetime | None = None) -> None:
    """What the periodic work does, with all that was noted after a commit."""
    Referral.objects.update(settle_due_at=timezone.now() - DAY)
    due.settle_due(now=now)


def cancel(referral: Referral) -> None:
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    settle_all()


def revive(referral: Referral) -> None:
    set_status(referral.order, "Pending")
    settle(referral.pk)
    settle_all()
