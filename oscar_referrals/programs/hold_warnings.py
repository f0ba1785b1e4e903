"""What may not be meant about a version's hold: too short, or begun by what nobody records."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals import conf
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.shipping_records import shipping_records


def hold_warnings(version: ProgramVersion) -> Iterator[str]:
    """Each in words that say what to do; translated."""
    yield from _shorter_than_returns(version)
    yield from _unrecorded(version)


def _shorter_than_returns(version: ProgramVersion) -> Iterator[str]:
    window = conf.get().RETURN_DAYS
    if window is None or version.hold_days >= window:
        return
    yield ngettext(
        "Rewards are held for %(hold)d day, but goods can be returned for %(window)d days. A "
        "reward may have been spent before its order comes back.",
        "Rewards are held for %(hold)d days, but goods can be returned for %(window)d days. A "
        "reward may have been spent before its order comes back.",
        version.hold_days,
    ) % {"hold": version.hold_days, "window": window}


def _unrecorded(version: ProgramVersion) -> Iterator[str]:
    """Only for the default facts: what a shop's own function knows can't be told from here."""
    settings = conf.get()
    if (
        version.hold_from == ProgramVersion.HoldFrom.PAYMENT
        or settings.ORDER_FACTS != conf.Settings.ORDER_FACTS
    ):
        return
    records = shipping_records()
    if version.hold_from == ProgramVersion.HoldFrom.SHIPMENT and not records.shipment:
        yield _(
            "The hold begins with shipment, but the shop records none so far, and no reward is "
            "given without. Record shipping events, or name the statuses in SHIPPED_STATUSES."
        )
    if version.hold_from == ProgramVersion.HoldFrom.DELIVERY and not records.delivery:
        yield _(
            "The hold begins with delivery, but the shop records none so far, and no reward is "
            "given without. Record shipping events, or name the statuses in DELIVERED_STATUSES."
        )
