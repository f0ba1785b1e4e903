"""Does a pinned promise discount this basket now? The one question that the condition asks."""

from __future__ import annotations

import math
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import compare
from oscar_referrals.checkout.goods import eligible_goods, total_of
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.pins import pins_of
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules import advocate_rules, first_refusal, friend_rules
from oscar_referrals.programs.rules.base import Refusal, TillFacts
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.promised import as_promised
from oscar_referrals.rewards.spend import hold_for


def standing(offer: Any, basket: Any, pin: Pin) -> Refusal | None:
    """None when the pin gives its discount, else why it does not.

    The costly checks were made when the code was attached; this runs on every page with the basket
    and asks only what the pin and the loaded lines know. A basket frozen for payment keeps what
    was quoted: the shopper has seen that total (promise 4).
    """
    if is_quoted(basket, pin):
        return None
    if pin.refusal:
        return Refusal(reason=pin.refusal)
    return _own_refusal(offer, basket, pin) or _better_offer(offer, basket, pin)


def _own_refusal(offer: Any, basket: Any, pin: Pin) -> Refusal | None:
    """What its own rules say, whatever else stands in the basket."""
    if pin.figures is None:
        return Refusal(reason=reasons.CURRENCY_NOT_OFFERED, params={"currency": basket.currency})
    if pin.claim is not None:
        return _claim_refusal(offer, basket, pin.claim, pin.figures)
    if pin.reward is not None:
        return _reward_refusal(offer, basket, pin.reward, pin.figures, version_of(pin))
    return None


def _better_offer(offer: Any, basket: Any, pin: Pin) -> Refusal | None:
    """The shop's better offer; or another of ours, for Oscar takes one discount off delivery."""
    refusal = compare.better_offer(basket, pin)
    if refusal is not None or not pin.is_for_delivery:
        return refusal
    rivals = [
        item
        for item in pins_of(basket)
        if item.is_for_delivery
        and (item.pk == pin.pk or not (item.refusal or _own_refusal(offer, basket, item)))
    ]
    best = max(rivals, key=lambda item: (_most_off_delivery(item), -item.pk))
    return None if best.pk == pin.pk else Refusal(reason=reasons.BETTER_OFFER)


def _most_off_delivery(pin: Pin) -> float:
    maximum = pin.figures.maximum if pin.figures is not None else 0
    return min(
        math.inf if maximum is None else maximum,
        math.inf if pin.delivery is None else pin.delivery,
    )


def version_of(pin: Pin) -> ProgramVersion:
    """The version under which the pin stands: that of its claim, or of its reward's incentive."""
    if pin.claim is not None:
        return pin.claim.version
    assert pin.reward is not None, "the database holds that a pin has a claim or a reward"
    assert pin.reward.incentive is not None, "what is spent with a voucher has an incentive"
    return pin.reward.incentive.version


def is_quoted(basket: Any, pin: Pin) -> bool:
    """The basket is with the payment provider, and the discount was part of what was shown."""
    return pin.quoted_at is not None and basket.status == get_model("basket", "Basket").FROZEN


def _claim_refusal(
    offer: Any, basket: Any, claim: Claim, figures: IncentiveAmount
) -> Refusal | None:
    incentive = figures.incentive
    advocate = claim.code.advocate
    facts = TillFacts(
        now=timezone.now(),
        currency=basket.currency,
        eligible_total=total_of(eligible_goods(offer, basket, incentive)),
        program_status=claim.version.program.status,
        status_changed_at=claim.version.program.status_changed_at,
        claimed_at=claim.claimed_at,
        claim_expires_at=claim.expires_at,
        code_blocked=claim.code.blocked_at is not None,
        is_own_code=advocate.user_id is not None and advocate.user_id == basket.owner_id,
        # Decided when the code was attached and kept in `pin.refusal`.
        is_existing_customer=None,
    )
    return first_refusal(friend_rules(claim.version, incentive, figures), facts)


def _reward_refusal(
    offer: Any, basket: Any, reward: Reward, figures: IncentiveAmount, version: ProgramVersion
) -> Refusal | None:
    incentive = figures.incentive
    now = timezone.now()
    if reward.owner_id is None or reward.owner_id != basket.owner_id:
        return Refusal(reason=reasons.NOT_YOURS)
    if reward.state != Reward.State.AVAILABLE or reward.spent_order_number:
        return Refusal(reason=reasons.REWARD_NOT_AVAILABLE)
    if reward.expires_at is not None and now >= reward.expires_at:
        return Refusal(reason=reasons.REWARD_EXPIRED)
    if reward.basket_id != basket.id and not _taken_up_again(reward, basket):
        return Refusal(reason=reasons.REWARD_IN_PAYMENT)
    facts = TillFacts(
        now=now,
        currency=basket.currency,
        eligible_total=total_of(eligible_goods(offer, basket, incentive)),
        program_status=version.program.status,
        status_changed_at=None,
        claimed_at=reward.created_at,
        claim_expires_at=now,
        code_blocked=False,
        is_own_code=False,
        is_existing_customer=None,
    )
    return first_refusal(advocate_rules(version, *as_promised(reward, incentive, figures)), facts)


def _taken_up_again(reward: Reward, basket: Any) -> bool:
    """A basket that was left alone lost its reward, and has it again if no other took it."""
    if reward.basket_id is not None or not hold_for(reward_id=reward.pk, basket_id=basket.id):
        return False
    reward.basket_id = basket.id
    return True
