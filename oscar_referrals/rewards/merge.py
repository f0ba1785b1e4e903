"""Two rows of one person become one for all that comes after; what was recorded stays.

Codes of the row that is merged go on working and earn for the one that is kept. Referrals, rewards,
vouchers and store credit stay with the account that has them, so that nothing is doubled, lost or
unexplained: no booking is moved, and none is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.merged import family
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveTier
from oscar_referrals.rewards.by_hand import NotPossible, refuse_own_part, require_reason
from oscar_referrals.rewards.credit.wallet import Balance, balances
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import GOALS
from oscar_referrals.rewards.tally import goal_rewards
from oscar_referrals.rewards.triggers import try_settle
from oscar_referrals.sharing.models import ReferralCode


@dataclass(frozen=True)
class Consequences:
    """What a merge changes, and what it leaves alone."""

    kept: Advocate
    merged: Advocate
    #: Codes that earn for the row that is kept from then on.
    codes: list[ReferralCode]
    #: Referrals and rewards by the name of their state, which stay where they are.
    referrals: dict[str, int]
    rewards: dict[str, int]
    balances: list[Balance] = field(default_factory=list)
    #: Orders by which one of the two was credited for the other: a person can't refer herself.
    between: list[Referral] = field(default_factory=list)


def look_at_merge(*, kept: Advocate, merged: Advocate, actor: Any) -> Consequences:
    """What merging would do. Raises NotPossible if it can't be done."""
    if kept.pk == merged.pk:
        raise NotPossible(_("Choose two different advocates."))
    if kept.program_id != merged.program_id:
        raise NotPossible(_("Both have to take part in the same program."))
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise NotPossible(_("One of them was merged already."))
    if not kept.is_member or kept.user_id is None:
        raise NotPossible(_("The one that is kept has to take part in the program."))
    refuse_own_part(actor, kept, merged)
    referrals = Referral.objects.filter(advocate=merged).order_by()
    rewards = Reward.objects.filter(advocate=merged).order_by()
    return Consequences(
        kept=kept,
        merged=merged,
        codes=list(ReferralCode.objects.filter(advocate__in=family(merged)).order_by("pk")),
        referrals={
            str(Referral.State(state).label): number
            for state, number in referrals.values_list("state").annotate(Count("pk"))
        },
        rewards={
            str(Reward.State(state).label): number
            for state, number in rewards.values_list("state").annotate(Count("pk"))
        },
        balances=list(balances(owner_id=merged.user_id)) if merged.user_id else [],
        between=_between(kept, merged),
    )


@transaction.atomic
def merge_advocates(
    *, kept_id: int, merged_id: int, actor: Any, note: str, now: datetime | None = None
) -> Advocate:
    """Let the codes of one row earn for the other, for good. Returns the row that is kept.

    Caps and numbers of referrals count both from now on. It can't be undone, because what is
    earned after it belongs to the row that is kept. Raises NotPossible as `look_at_merge` does, and
    without a reason.
    """
    moment, why = now or timezone.now(), require_reason(note)
    rows = Advocate.objects.select_for_update(no_key=True).filter(pk__in=(kept_id, merged_id))
    found = {row.pk: row for row in rows.order_by("pk")}
    kept, merged = found[kept_id], found[merged_id]
    seen = look_at_merge(kept=kept, merged=merged, actor=actor)
    merged.merged_into, merged.merged_at = kept, moment
    merged.findable, merged.name_key = False, ""
    merged.save(update_fields=["merged_into", "merged_at", "findable", "name_key"])
    # Those that were merged into it before follow, so that one look finds who is kept.
    Advocate.objects.filter(merged_into=merged).update(merged_into=kept)
    Advocate.objects.filter(pk=kept.pk).update(has_merged=True)
    kept.has_merged = True
    Decision.objects.create(
        program_id=kept.program_id,
        subject=f"advocate:{merged.pk}",
        verdict=Decision.Verdict.GRANTED,
        reason=reasons.MERGED,
        inputs={
            "note": why,
            "kept": kept.pk,
            "codes": [code.code for code in seen.codes],
            "between": [referral.pk for referral in seen.between],
        },
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=moment,
    )
    _look_at_goals(kept, moment)
    _look_at_tiers(kept, moment)
    return kept


def _look_at_goals(kept: Advocate, now: datetime) -> None:
    """Have rewards for a number of referrals settled, now that it is that of both rows.

    Also the last successful referral of the row that is kept: with the number it may have reached
    a milestone that neither row had.
    """
    if not Incentive.objects.filter(version__program=kept.program, trigger__in=GOALS).exists():
        return
    given = goal_rewards(kept).exclude(state=Reward.State.EXPIRED)
    ids = set(given.order_by().values_list("referral", flat=True))
    successful = Referral.objects.filter(advocate=kept, counted_at__isnull=False)
    last = successful.order_by("-counted_at", "-pk").values_list("pk", flat=True).first()
    # The one that may be new comes after those that are known, whose goals it must not reach again.
    later = sorted(ids - {last}) + ([last] if last is not None else [])
    Referral.objects.filter(pk__in=later).update(settle_due_at=now)
    for pk in later:
        transaction.on_commit(partial(try_settle, pk, now=now))


def _look_at_tiers(kept: Advocate, now: datetime) -> None:
    """Have the work settle what waits in a tier, whose number is that of both rows from now on."""
    tiers = IncentiveTier.objects.filter(incentive__version=OuterRef("version"))
    waits = Reward.objects.filter(referral=OuterRef("pk"), state=Reward.State.PENDING)
    of_both = Referral.objects.filter(advocate__in=family(kept), counted_at=None)
    of_both.filter(Exists(tiers), Exists(waits)).update(settle_due_at=now)


def _between(kept: Advocate, merged: Advocate) -> list[Referral]:
    found: list[Referral] = []
    for advocate, friend in ((kept, merged), (merged, kept)):
        person = Q(friend=friend.user_id) if friend.user_id is not None else Q()
        if friend.email_key:
            person |= Q(friend_key=friend.email_key)
        if person:
            credited = Referral.objects.filter(person, advocate=advocate)
            found += credited.filter(state=Referral.State.BOUND)
    return found
