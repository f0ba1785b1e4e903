"""What is kept about a person's open baskets."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals.checkout.models import Pin
from oscar_referrals.own_data import Section, item, record, section


def own_data(user: Any) -> list[Section]:
    """Codes and rewards that wait in the person's baskets."""
    pins = Pin.objects.filter(basket__owner=user).select_related("voucher").order_by("pk")
    return [section("in_baskets", _("In my baskets"), map(_pin, pins))]


def _pin(row: Pin) -> list[Any]:
    return [
        item("basket", _("Basket"), row.basket_id),
        item("code", _("Code"), row.voucher.code),
        item("reward", _("Reward"), row.reward_id),
        *record(row, "created_at", "quoted_at"),
    ]
