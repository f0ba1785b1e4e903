"""Free shipping: a voucher that takes off the delivery charge of one order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from oscar_referrals.money import VOUCHER_UNIT
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.delivery import delivery_words
from oscar_referrals.rewards.kinds.base import Effect, Use, Worth
from oscar_referrals.rewards.kinds.voucher import VoucherKind


class FreeShippingKind(VoucherKind):
    """One voucher, worth what delivery costs then, up to the maximum of the figures.

    It stands on an offer of its own, so that a discount on goods can apply beside it.
    """

    label = gettext_lazy("Free shipping")
    effect = Effect.SHIPPING
    offer_field = "advocate_shipping_offer"

    def earn(
        self, *, incentive: Incentive, figures: IncentiveAmount | None, currency: str, basis: int
    ) -> Worth | None:
        """One piece: what it is worth is known only when it is spent."""
        return None if figures is None else Worth(unit=VOUCHER_UNIT, amount=1)

    def redeem(self, *, worth: Worth, spent: int) -> Use:
        """Used in one order, whatever delivery cost then."""
        return Use(used=worth.amount, money=spent)

    def describe(self, *, incentive: Incentive, figures: IncentiveAmount | None) -> str:
        """For instance "free delivery of an order of RM 80 or more (up to RM 10)"."""
        return "" if figures is None else delivery_words(incentive, figures)
