"""Two baskets become one, each with a friend's code: which stands, by the published order (A03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from oscar_referrals.attribution.gather import gather, source_of_claim
from oscar_referrals.checkout.attach import detach
from oscar_referrals.checkout.models import Pin
from oscar_referrals.identity import email_key


def make_room(basket: Any, pin_ids: Iterable[int]) -> bool:
    """Take the code out of ``basket`` that the one of these pins outranks; False if it stays.

    The pins are those of the merged basket. The account that owns the basket is the friend, and
    the browser that of the basket that is merged.
    """
    pins = Pin.objects.filter(claim__isnull=False).select_related("claim__program").order_by("pk")
    pin = pins.filter(basket_id=basket.id).first()
    other = pins.filter(pk__in=list(pin_ids)).first()
    held = pin.claim if pin is not None else None
    in_hand = other.claim if other is not None else None
    if pin is None or held is None or in_hand is None or held.code_id == in_hand.code_id:
        return False
    owner = get_user_model()._default_manager.filter(pk=basket.owner_id).first()
    now = timezone.now()
    found = gather(
        site_id=in_hand.program.site_id,
        user=owner,
        key=email_key(owner.email) if owner is not None else "",
        visitor=in_hand.visitor,
        in_hand=[held.pk, in_hand.pk],
        at=now,
    )
    both = {source_of_claim(held), source_of_claim(in_hand)}
    of_both = replace(found, candidates=[row for row in found.candidates if row.source in both])
    chosen = of_both.choose(at=now).chosen
    if chosen is None or chosen.source != source_of_claim(in_hand):
        return False
    detach(basket, pin.voucher_id)
    return True
