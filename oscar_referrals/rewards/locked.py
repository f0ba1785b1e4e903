"""Taking the locks of one referral, in the one order that doesn't deadlock with Oscar's."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Incentive, IncentiveTier
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import GOALS

#: Noted on a referral whose version has tiers: read with it here, and set on one that is not stored
#: by whoever works out what it would earn.
HAS_TIERS = "version_has_tiers"


class VouchersChanged(Exception):
    """A voucher was issued or deleted while the locks were taken: let go, and start again."""


def lock(referral_id: int) -> tuple[Referral, list[Reward]]:
    """Lock the vouchers of a referral's rewards, the advocate, the referral and the rewards.

    Oscar's order placement locks the voucher rows before anything of ours is written, so we do as
    well. The advocate's row stands for all that one person's rewards share: caps, milestones and
    what is set off; so does the friend's, if the friend takes part as well, and that of a guest
    whom rewards of the referral are owed to: the account that took it up may be an advocate by
    now. A row that is made or found later (`beneficiary`) was owed nothing until then, so nothing
    can be set off against it. Must run inside a transaction. Raises VouchersChanged,
    Referral.DoesNotExist.

    The referral knows, without another query, `program_has_goals`, `program_has_tiers` and
    `version_has_tiers`.
    """
    wanted = set(
        Reward.objects.filter(referral=referral_id, voucher__isnull=False)
        .order_by()
        .values_list("voucher", flat=True)
    )
    if wanted:
        vouchers = get_model("voucher", "Voucher").objects.select_for_update(no_key=True)
        list(vouchers.filter(pk__in=wanted).order_by("pk").values_list("pk"))
    itself = Referral.objects.filter(pk=referral_id)
    of_friend = Advocate.objects.filter(
        user__in=itself.values("friend"), program__in=itself.values("program")
    )
    owed_to = Reward.objects.filter(referral=referral_id, advocate__isnull=False)
    locked = dict(
        Advocate.objects.select_for_update(no_key=True)
        .filter(
            Q(pk__in=itself.values("advocate"))
            | Q(pk__in=of_friend.values("pk"))
            | Q(pk__in=owed_to.order_by().values("advocate"))
        )
        .order_by("pk")
        .values_list("pk", "merged_into")
    )
    # What several rows of one person share is guarded by the row that was kept.
    kept = {pk for pk in locked.values() if pk is not None} - locked.keys()
    if kept:
        rows = Advocate.objects.select_for_update(no_key=True).filter(pk__in=kept)
        list(rows.order_by("pk").values_list("pk"))
    Referral.objects.select_for_update(no_key=True).values_list("pk").get(pk=referral_id)
    rewards = list(
        Reward.objects.select_for_update(no_key=True).filter(referral=referral_id).order_by("pk")
    )
    if {reward.voucher_id for reward in rewards if reward.voucher_id} != wanted:
        raise VouchersChanged
    # Read after the locks: what was joined to a row while waiting for its lock may be stale.
    goals = Incentive.objects.filter(version__program=OuterRef("program"), trigger__in=GOALS)
    tiers = IncentiveTier.objects.filter(incentive__version=OuterRef("version"))
    of_any_version = IncentiveTier.objects.filter(incentive__version__program=OuterRef("program"))
    referral = (
        Referral.objects.select_related("program", "version", "advocate", "order")
        .annotate(
            program_has_goals=Exists(goals),
            program_has_tiers=Exists(of_any_version),
            **{HAS_TIERS: Exists(tiers)},
        )
        .get(pk=referral_id)
    )
    referral.version.program = referral.program
    return referral, rewards
