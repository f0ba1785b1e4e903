"""Credit that baskets and payments left behind, given back by time (I8). Safe in parallel."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.rewards.credit.lots import lock_lots
from oscar_referrals.rewards.credit.wallet import give_back
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.upkeep.claiming import one_by_one
from oscar_referrals.upkeep.progress import Progress

State = CreditUse.State


def left_behind(now: datetime) -> QuerySet[CreditUse]:
    """What is to be given back: nothing of an order, and nothing of a basket that is alive.

    A basket may hold credit for ``REWARD_HOLD_IN_BASKET``, but a frozen one, like a payment that
    has begun, for ``REWARD_HOLD_IN_PAYMENT``; one that was thawed is a basket again. One that was
    ordered without it holds none.
    """
    settings, basket_model = conf.get(), get_model("basket", "Basket")
    basket = basket_model._default_manager.filter(pk=OuterRef("basket_id"))
    frozen = Exists(basket.filter(status=basket_model.FROZEN))
    thawed = Exists(basket.filter(status=basket_model.OPEN))
    submitted = Exists(basket.filter(status=basket_model.SUBMITTED))
    ordered = Exists(
        get_model("order", "Order")._default_manager.filter(number=OuterRef("order_number"))
    )
    in_basket = Q(state=State.RESERVED) & ~Q(frozen) | Q(state=State.PAYING) & Q(thawed)
    stale = Q(changed_at__lte=now - settings.REWARD_HOLD_IN_BASKET)
    abandoned = Q(changed_at__lte=now - settings.REWARD_HOLD_IN_PAYMENT)
    return CreditUse.objects.filter(
        Q(state=State.RESERVED) | Q(state=State.PAYING) & ~Q(ordered),
        in_basket & stale | abandoned | Q(state=State.RESERVED) & Q(submitted),
    )


def give_back_left_behind(*, now: datetime | None = None) -> Progress:
    """Give back all of it. Counts the uses; a reward that fails harms no other."""
    rewards = Reward.objects.filter(pk__in=left_behind(now or timezone.now()).values("reward"))
    return one_by_one(
        rewards,
        # A long run books each when it comes to it, and not when the run began.
        lambda reward: _give_back(reward.pk, now or timezone.now()),
        subject=lambda reward: f"Reward {reward.key}",
    )


def _give_back(reward_id: int, now: datetime) -> int:
    lots = lock_lots(Q(pk=reward_id))
    uses = list(left_behind(now).filter(reward__in=lots).order_by("pk"))
    thawed = get_model("basket", "Basket").OPEN
    for use in uses:
        if use.basket is not None and use.basket.status == thawed:
            # That payment failed. Otherwise the number stays: its order may still come (`capture`).
            use.order_number = ""
    give_back(lots, uses, now)
    return len(uses)
