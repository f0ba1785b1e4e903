"""The way to the next goal as the account page shows it: a bar, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.promise import worth
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.progress import Step, next_steps
from oscar_referrals.rewards.set_off import with_payments


class Bar(NamedTuple):
    """One goal."""

    #: What is to be had: "A voucher for RM 50".
    reward: str
    #: How far it is, in words.
    text: str
    done: int
    needed: int


def successful_of(advocate: Advocate) -> int:
    """How many successful referrals the advocate has now. One query."""
    return Referral.objects.filter(
        program=advocate.program_id, advocate=advocate.pk, counted_at__isnull=False
    ).count()


def rewards_of(owner: Any) -> list[Reward]:
    """Every reward of somebody, with all that the account page and `bars_of` say of it."""
    return list(
        with_payments(Reward.objects.filter(owner=owner))
        .select_related("incentive", "program")
        .prefetch_related("incentive__amounts")
    )


def bars_of(
    advocate: Advocate,
    version: ProgramVersion,
    *,
    successful: int,
    rewards: Iterable[Reward],
    preferred: frozenset[int] = frozenset(),
) -> list[Bar]:
    """The goals ahead, nearest first. Expects the incentives of rewards and version loaded."""
    steps = next_steps(
        version,
        advocate=advocate.pk,
        successful=successful,
        rewards=rewards,
        preferred=preferred,
    )
    return [_bar(step) for step in steps]


def _bar(step: Step) -> Bar:
    reward = worth(step.incentive, step.figures) if step.figures is not None else ""
    numbers = {"done": step.reached, "needed": step.needed, "goal": step.goal}
    if step.is_tier:
        text = _("%(done)d of %(needed)d friends. From friend number %(goal)d on you get this.")
    else:
        text = ngettext(
            "%(done)d of %(needed)d friends. One more to go.",
            "%(done)d of %(needed)d friends. %(missing)d more to go.",
            step.missing,
        )
        numbers["missing"] = step.missing
    return Bar(capfirst(reward), text % numbers, step.reached, step.needed)
