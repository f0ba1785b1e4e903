"""A voucher of ours enters or leaves a basket by another way than our view: an API, a merge."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import CharField, Value
from oscar.core.loading import get_model

from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.attach import ATTACHING
from oscar_referrals.checkout.code_entry import FOREIGN
from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.merged_codes import make_room
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import (
    CACHE,
    forget_cache,
    known_pins,
    move_pins,
    pin_claim,
    pin_reward,
)
from oscar_referrals.checkout.rewards_in_basket import spendable
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import hold_for, let_go
from oscar_referrals.sharing.models import ReferralCode

#: The voucher that a merge has just taken out of the merged basket, and its pins: one per effect.
#: Oscar adds it to the other basket in the next statement of the same thread.
_in_hand: ContextVar[tuple[int, list[int]] | None] = ContextVar(
    "oscar_referrals_in_hand", default=None
)


def added(basket: Any, voucher_ids: set[int]) -> None:
    """Pin the vouchers of ours among those just added. One query when none is ours."""
    if known_pins(basket):
        # Oscar prices next without a reset: what ours took of the lines would be lost to the newer
        # voucher, which may be the better one.
        basket.reset_offer_applications()
    voucher_ids -= {getattr(basket, ATTACHING, None)}
    if basket.__dict__.pop(FOREIGN, False):
        voucher_ids.clear()
    for voucher_id, kind, pk in _ours(voucher_ids):
        pinned = _hand_over(basket, voucher_id)
        if pinned is None:
            with transaction.atomic():
                pinned = _pin_code(basket, pk) if kind == "code" else _pin_reward(basket, pk)
        if not pinned:
            # Without a pin it could only be burnt: it would give nothing.
            basket.vouchers.remove(voucher_id)
    forget_cache(basket)


def nothing_added() -> None:
    """The other basket of a merge has the voucher already: what is in hand has nowhere to go."""
    _in_hand.set(None)


def removed(basket: Any, voucher_ids: set[int]) -> None:
    """Drop the pins of vouchers taken out by hand; keep one in hand when a merge does it.

    Nothing happens to a frozen basket: order placement takes inactive vouchers out of it.
    """
    if basket.status == basket.FROZEN:
        return
    known = getattr(basket, CACHE, None)
    if known is not None and not {pin.voucher_id for pin in known} & voucher_ids:
        if known:
            # They know which other vouchers stood there, see `pins_of`.
            forget_cache(basket)
        return
    pins = Pin.objects.filter(basket_id=basket.id, voucher_id__in=voucher_ids)
    if basket.status == basket.MERGED:
        found = list(pins.order_by("pk"))
        of_one = [pin.pk for pin in found if pin.voucher_id == found[0].voucher_id]
        _in_hand.set((found[0].voucher_id, of_one) if found else None)
        return
    _drop(basket, list(pins))


def cleared(basket: Any) -> None:
    """Drop all pins of a basket whose vouchers are cleared."""
    if basket.status != basket.FROZEN:
        _drop(basket, list(Pin.objects.filter(basket_id=basket.id)))


def _drop(basket: Any, pins: list[Pin]) -> None:
    forget_cache(basket)
    if not pins:
        return
    rewards = [pin.reward_id for pin in pins if pin.reward_id]
    with own_savepoint():
        Pin.objects.filter(pk__in=[pin.pk for pin in pins]).delete()
        if rewards:
            let_go(basket_id=basket.id, reward_ids=rewards)


def _ours(voucher_ids: set[int]) -> list[tuple[int, str, int]]:
    if not voucher_ids:
        return []
    codes = ReferralCode.objects.filter(voucher__in=voucher_ids).values_list(
        "voucher_id", Value("code", output_field=CharField()), "pk"
    )
    rewards = Reward.objects.filter(voucher__in=voucher_ids).values_list(
        "voucher_id", Value("reward", output_field=CharField()), "pk"
    )
    return list(codes.order_by().union(rewards.order_by(), all=True))


def _hand_over(basket: Any, voucher_id: int) -> bool | None:
    """Move the pins that a merge has in hand; None if it has none, and the voucher is a new try.

    A merge is nobody's try: when another code stands there, no claim is made of the one that goes,
    which is the one that counts less.
    """
    in_hand = _in_hand.get()
    if in_hand is None or in_hand[0] != voucher_id:
        return None
    _in_hand.set(None)
    moved = move_pins(pin_ids=in_hand[1], basket=basket)
    if not moved and make_room(basket, in_hand[1]):
        moved = move_pins(pin_ids=in_hand[1], basket=basket)
    if not moved:
        return False
    rewards = Pin.objects.filter(pk__in=in_hand[1], reward__isnull=False)
    for reward_id in rewards.values_list("reward_id", flat=True):
        hold_for(reward_id=reward_id, basket_id=basket.id)
    return True


def _pin_code(basket: Any, code_id: int) -> bool:
    code = ReferralCode.objects.select_related("program__current_version", "advocate").get(
        pk=code_id
    )
    others = Pin.objects.filter(basket_id=basket.id, claim__isnull=False)
    if others.exclude(claim__code=code).exists():
        return False
    owner = get_user_model().objects.filter(pk=basket.owner_id).first()
    try:
        claim = claim_offer(code=code, method=Claim.Method.TYPED, user=owner)
    except ClaimRefused:
        return False
    return pin_claim(basket=basket, claim=claim)


def _pin_reward(basket: Any, reward_id: int) -> bool:
    reward = Reward.objects.select_related("program", "incentive").get(pk=reward_id)
    get_model("voucher", "Voucher").objects.select_for_update().filter(pk=reward.voucher_id).first()
    reward.refresh_from_db()
    if reward.owner_id is None or reward.owner_id != basket.owner_id or spendable(reward):
        return False
    if not hold_for(reward_id=reward.pk, basket_id=basket.id):
        return False
    return pin_reward(basket=basket, reward=reward)
