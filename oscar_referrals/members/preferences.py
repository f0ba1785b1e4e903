"""Which of several rewards an advocate wants."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from oscar_referrals.members.models import Advocate, RewardPreference
from oscar_referrals.programs.choices import choices_of
from oscar_referrals.programs.models import Incentive, ProgramVersion


class NotOffered(Exception):
    """There is no such reward to choose, or no longer."""


def prefer(
    *,
    advocate: Advocate,
    incentive_id: int,
    version: ProgramVersion,
    now: datetime | None = None,
) -> RewardPreference:
    """State which reward of a choice in ``version`` the advocate wants from now on.

    Rewards that are recorded already stay what they are: the row of the advocate is locked, as
    settling does, so each of them was made before this or after it. Raises NotOffered.
    """
    if version.program_id != advocate.program_id:
        raise NotOffered(f"{version} belongs to another program")
    offered = {item.pk: item for group in choices_of(version) for item in group}
    incentive = offered.get(incentive_id)
    if incentive is None:
        raise NotOffered(f"{version} offers no choice with incentive {incentive_id}")
    with transaction.atomic():
        _wait_for_settling(advocate)
        preference, _created = RewardPreference.objects.update_or_create(
            advocate=advocate,
            choice=incentive.choice,
            defaults={"incentive": incentive, "stated_at": now or timezone.now()},
        )
    return preference


def _wait_for_settling(advocate: Advocate) -> None:
    """Take the lock under which the advocate's rewards are made."""
    locked = Advocate.objects.select_for_update(no_key=True).order_by()
    locked.values_list("pk").get(pk=advocate.pk)


def preferences_of(advocate_id: int) -> list[Incentive]:
    """What the advocate has asked for, at most one for each choice. One query."""
    stated = RewardPreference.objects.filter(advocate=advocate_id).select_related("incentive")
    return [preference.incentive for preference in stated.order_by("pk")]
