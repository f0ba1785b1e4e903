"""Putting an advocate's reward into a basket: bound to one basket at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from oscar_referrals.checkout.applied import applied_text
from oscar_referrals.checkout.attach import MAY_CHANGE, add_voucher, detach, reprice
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import offer_id_of, pin_reward, pins_of
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import hold_for, let_go


def use_reward(request: ShopRequest, reward: Reward) -> None:
    """Use a reward in the request's basket; says in one message what came of it."""
    basket = request.basket
    if not basket.id or basket.is_empty:
        messages.info(request, _("Add a product to your basket first, then use your reward."))
        return
    user = request.user if request.user.is_authenticated else None
    refusal = put_into(basket, reward, user)
    if refusal is not None:
        messages.error(request, reasons.shopper_text(refusal.reason, **refusal.params))
        return
    reprice(request)
    pin = next(item for item in pins_of(basket) if item.reward_id == reward.pk)
    refusal = pin.standing
    if refusal is None:
        messages.success(request, applied_text(basket, [pin]))
        return
    if refusal.reason not in MAY_CHANGE or refusal.reason == reasons.FREE_SHIPPING_ALREADY:
        # Nobody is credited for a reward that waits in a basket: it is better kept for another.
        detach(basket, pin.voucher_id)
    messages.info(request, reasons.shopper_text(refusal.reason, **refusal.params))


@transaction.atomic
def put_into(basket: Any, reward: Reward, user: Any) -> Refusal | None:
    """Bind the reward to this basket and add its voucher, or say why not.

    The voucher row is locked first, as Oscar's order placement does: the other order deadlocks.
    """
    if reward.voucher_id is None or user is None or reward.owner_id != user.pk:
        return Refusal(reason=reasons.NOT_YOURS)
    voucher = get_model("voucher", "Voucher").objects.select_for_update().get(pk=reward.voucher_id)
    reward.refresh_from_db()
    refusal = spendable(reward)
    if refusal is not None:
        return refusal
    if not hold_for(reward_id=reward.pk, basket_id=basket.pk):
        return Refusal(reason=reasons.REWARD_IN_PAYMENT)
    other = (
        Pin.objects.filter(basket=basket, offer_id=offer_id_of(reward))
        .exclude(reward=reward)
        .first()
    )
    if other is not None:
        detach(basket, other.voucher_id)
    # The newest basket takes the reward over; the pin of the one before has nothing to give.
    _take_from_other_baskets(reward, basket)
    if not pin_reward(basket=basket, reward=reward):
        let_go(basket_id=basket.pk, reward_ids=[reward.pk])
        return Refusal(reason=reasons.REWARD_NOT_AVAILABLE)
    add_voucher(basket, voucher)
    return None


def spendable(reward: Reward) -> Refusal | None:
    """Why a reward cannot be spent now, whichever the basket; None if it can."""
    if reward.state == Reward.State.EXPIRED or (
        reward.expires_at is not None and timezone.now() >= reward.expires_at
    ):
        return Refusal(reason=reasons.REWARD_EXPIRED)
    if reward.state != Reward.State.AVAILABLE or reward.spent_order_number:
        return Refusal(reason=reasons.REWARD_NOT_AVAILABLE)
    return None


def _take_from_other_baskets(reward: Reward, basket: Any) -> None:
    others = Pin.objects.filter(reward=reward).exclude(basket=basket).select_related("basket")
    for pin in others:
        if pin.basket.status not in (pin.basket.FROZEN, pin.basket.SUBMITTED):
            pin.basket.vouchers.remove(pin.voucher_id)
            pin.delete()
