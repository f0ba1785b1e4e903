"""Moments that operators type, within what can be counted with in every time zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from oscar_referrals.dashboard.filters.days import OF_A_SHOP

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"


def moment_input() -> forms.DateTimeInput:
    """The browser's own dialog, in the shop's time zone."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_MOMENT)


class MomentField(forms.DateTimeField):
    """A moment of the shop's time. At the ends of the calendar no other zone has one."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, datetime):
            for check in OF_A_SHOP:
                check(value.date())
