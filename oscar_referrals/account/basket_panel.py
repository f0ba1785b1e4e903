"""The referral's part of the basket page, from what is in memory already.

Only a basket with a claim that waits, and who has or may have rewards, cost a query or two.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.account.ready_rewards import ready_rewards
from oscar_referrals.account.reward_cards import reward_cards
from oscar_referrals.checkout.applied import delivery_text, label_of
from oscar_referrals.checkout.attach import refusal_of
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.offers import FRIEND_DELIVERY, FRIEND_DISCOUNT
from oscar_referrals.checkout.pins import known_pins
from oscar_referrals.checkout.session import may_have_rewards
from oscar_referrals.checkout.waiting import waiting_claim
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.credit.lots import is_lot
from oscar_referrals.sharing.alphabet import is_wellformed, looks_chosen, pretty

REWARDS_SHOWN = 3


class Waiting(NamedTuple):
    """A code of ours that takes nothing off the goods now, and what would change that."""

    label: str
    text: str
    voucher_id: int | None


def basket_panel(request: Any) -> dict[str, Any]:
    """The variables of the panel; all empty for a shopper without a referral, without a query."""
    basket = request.basket
    pins = known_pins(basket)
    panel: dict[str, Any] = {"waiting": _waiting(basket, pins)}
    if not any(pin.claim_id for pin in pins):
        panel["claim"] = _claim_in_session(request)
    has_reward = any(pin.reward_id for pin in pins)
    if may_have_rewards(request) and basket.id and not basket.is_empty and not has_reward:
        panel |= _rewards(request, basket)
    return panel


def pinned_label(basket: Any, voucher_id: int) -> str:
    """What we call a voucher of ours in this basket; empty for the shop's other vouchers."""
    return next((label_of(pin) for pin in known_pins(basket) if pin.voucher_id == voucher_id), "")


def discount_label(discount: Any) -> str:
    """What we call a discount of ours in an order; empty for the shop's other discounts.

    Told by the shape of the code, whose check character makes a mistake very unlikely, and for a
    code that its owner has chosen by the offer: asking the database would cost a query for each
    discount of every order.
    """
    code, offer = discount.voucher_code or "", discount.offer_name or ""
    is_chosen = looks_chosen(code) and offer.startswith((FRIEND_DISCOUNT, FRIEND_DELIVERY))
    if not (is_chosen or is_wellformed(code)):
        return ""
    return _("Referral discount (%(code)s)") % {"code": pretty(code)}


def _discounts(basket: Any, pin: Pin) -> bool:
    return any(
        application["voucher"].id == pin.voucher_id
        for application in basket.offer_applications.voucher_discounts
    )


def _waiting(basket: Any, pins: list[Pin]) -> list[Waiting]:
    """What Oscar's list of discounts leaves out; each voucher once, though it has several pins."""
    found: dict[int, list[Pin]] = {}
    for pin in pins:
        if not _discounts(basket, pin):
            found.setdefault(pin.voucher_id, []).append(pin)
    return [
        Waiting(label_of(of_voucher[0]), _text(of_voucher), voucher_id)
        for voucher_id, of_voucher in found.items()
    ]


def _text(pins: list[Pin]) -> str:
    for pin in pins:
        if pin.standing is None and pin.is_for_delivery:
            return delivery_text(pin)
    refusal = refusal_of(pins)
    if refusal is None:
        return reasons.shopper_text(reasons.NO_DISCOUNT)
    return reasons.shopper_text(refusal.reason, **refusal.params)


def _claim_in_session(request: HttpRequest) -> Waiting | None:
    claim = waiting_claim(request)
    if claim is None or claim.expires_at <= timezone.now():
        return None
    return Waiting(
        _("Referral discount (%(code)s)") % {"code": claim.code.pretty},
        _("It is saved for you and applies by itself when you add a product."),
        None,
    )


def _rewards(request: HttpRequest, basket: Any) -> dict[str, Any]:
    # Only what has a voucher can be put into a basket. Store credit is no card: see `credit_panel`.
    rewards = [
        reward
        for reward in ready_rewards(request)
        if reward.voucher_id is not None and not is_lot(reward)
    ]
    prefetch_related_objects(rewards, "incentive__amounts")
    cards = reward_cards(rewards, basket_id=basket.id)
    return {
        "rewards": cards[:REWARDS_SHOWN],
        "has_more_rewards": len(cards) > REWARDS_SHOWN,
    }
