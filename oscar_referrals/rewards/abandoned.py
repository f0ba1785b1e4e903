"""Rewards in baskets whose payment was begun and never finished: freed by staff, or by time.

Oscar leaves a basket frozen when the shopper doesn't come back from the payment provider. Nobody
can know that the payment won't come through after all; if it does, its order keeps the discount
that was shown, and what another basket has spent by then is booked as a loss (`losses.book_loss`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.target import RULE_VERSION
from oscar_referrals.upkeep.claiming import one_by_one
from oscar_referrals.upkeep.progress import Progress


def in_payment() -> Q:
    """Rewards that a frozen basket without an order holds, as a condition on their rows."""
    basket_model = get_model("basket", "Basket")
    basket = {"pk": OuterRef("basket_id"), "status": basket_model.FROZEN}
    orders = get_model("order", "Order")._default_manager.filter(basket_id=OuterRef("basket_id"))
    return Q(Exists(basket_model._default_manager.filter(**basket))) & ~Q(Exists(orders))


@transaction.atomic
def free(*, reward_id: int, actor: Any = None, note: str = "", now: datetime | None = None) -> bool:
    """Take the reward out of the basket that is being paid; False if it is in none.

    ``note`` is why; it is kept with the decision. Raises Reward.DoesNotExist.
    """
    reward = Reward.objects.only("referral_id").get(pk=reward_id)
    # The referral before the reward, as `settle` locks them.
    Referral.objects.select_for_update(no_key=True).values_list("pk").get(pk=reward.referral_id)
    reward = Reward.objects.select_related("referral").get(pk=reward_id)
    held = Reward.objects.filter(in_payment(), pk=reward_id, basket=reward.basket_id)
    if not held.update(basket=None, basket_since=None):
        return False
    since = reward.basket_since
    Decision.objects.create(
        program_id=reward.program_id,
        referral=reward.referral,
        subject=reward.key,
        order_number=reward.referral.order_number,
        verdict=Decision.Verdict.GRANTED,
        reason=reasons.FREED,
        inputs={
            "basket": reward.basket_id,
            "since": since.isoformat() if since else None,
            "note": note,
        },
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now or timezone.now(),
    )
    return True


def free_abandoned(*, now: datetime | None = None) -> Progress:
    """Free what has been in a payment for longer than ``REWARD_HOLD_IN_PAYMENT``.

    Safe to run several times at once; a reward that fails harms no other.
    """
    moment = now or timezone.now()
    held: QuerySet[Reward] = Reward.objects.filter(
        in_payment(), basket_since__lte=moment - conf.get().REWARD_HOLD_IN_PAYMENT
    )

    def free_all(referral: Referral) -> int:
        ids = held.filter(referral=referral).order_by("pk").values_list("pk", flat=True)
        return sum(free(reward_id=pk, now=now) for pk in list(ids))

    # The referrals are what is claimed, since their locks come before those of the rewards.
    referrals = Referral.objects.filter(pk__in=held.values("referral"))
    return one_by_one(referrals, free_all, subject=lambda referral: f"Referral {referral.pk}")
