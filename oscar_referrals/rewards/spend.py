"""Binding a reward to a basket, and spending it: each is one conditional update.

They run inside Oscar's transactions and touch the rows in the order in which `settle` locks them:
the voucher, the referral, then the reward.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.models import Reward


def hold_for(*, reward_id: int, basket_id: int, now: datetime | None = None) -> bool:
    """Let ``basket_id`` alone spend the reward; False if it can't be spent, or is being paid with.

    The owner's newest basket takes it over from any other, except from one that is frozen for a
    payment.
    """
    moment = now or timezone.now()
    changed = (
        _not_in_payment(Reward.objects.filter(pk=reward_id), besides=basket_id)
        .filter(Q(expires_at=None) | Q(expires_at__gt=moment))
        .filter(state=Reward.State.AVAILABLE, spent_order_number="")
        .update(basket=basket_id, basket_since=moment)
    )
    return bool(changed)


def let_go(*, basket_id: int, reward_ids: Iterable[int]) -> int:
    """Free rewards that ``basket_id`` holds, unless it is frozen for a payment; how many."""
    held = Reward.objects.filter(pk__in=list(reward_ids), basket=basket_id)
    return _not_in_payment(held).update(basket=None, basket_since=None)


def let_go_of_stale(*, now: datetime | None = None) -> int:
    """Free rewards that baskets have held for too long, unless they are frozen; how many.

    A basket that comes back to life binds its reward again, if no other has it then.
    """
    moment = now or timezone.now()
    stale = Reward.objects.filter(
        basket__isnull=False, basket_since__lte=moment - conf.get().REWARD_HOLD_IN_BASKET
    )
    return _not_in_payment(stale).update(basket=None, basket_since=None)


@transaction.atomic
def spend(*, reward_id: int, order_number: str, amount: int, now: datetime | None = None) -> bool:
    """Record that an order was given the reward; False if another order has spent it.

    ``amount`` is the discount in minor units of the reward's currency. It does not ask whether the
    reward could be spent: the order exists and is paid for, so what should not have been is for
    `settle` to book. The same order may say so twice.
    """
    moment = now or timezone.now()
    _lock_voucher(reward_id)
    Referral.objects.filter(rewards=reward_id).update(settle_due_at=moment)
    changed = Reward.objects.filter(pk=reward_id, spent_order_number="").update(
        spent_order_number=order_number,
        spent_amount=amount,
        spent_at=moment,
        basket=None,
        basket_since=None,
    )
    return (
        bool(changed)
        or Reward.objects.filter(pk=reward_id, spent_order_number=order_number).exists()
    )


def _lock_voucher(reward_id: int) -> None:
    """Take the voucher's lock before ours, where Oscar has not.

    It locks what stands in the basket's rows, and then saves what stood in the basket when its
    discounts were computed: another basket may have taken the voucher over in between.
    """
    of_reward = Reward.objects.filter(pk=reward_id, voucher__isnull=False).values("voucher")
    vouchers = get_model("voucher", "Voucher").objects.select_for_update(no_key=True)
    list(vouchers.filter(pk__in=of_reward).values_list("pk"))


def _not_in_payment(rewards: QuerySet[Reward], *, besides: int | None = None) -> QuerySet[Reward]:
    """Without those that a basket other than ``besides`` holds while it is frozen for a payment.

    A subquery on the row itself and no join: PostgreSQL asks such a condition again when the row
    changed while the update waited for it.
    """
    basket_model = get_model("basket", "Basket")
    frozen = basket_model.objects.filter(pk=OuterRef("basket_id"), status=basket_model.FROZEN)
    return rewards.filter(~Exists(frozen.exclude(pk=besides) if besides is not None else frozen))
