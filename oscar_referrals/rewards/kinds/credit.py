"""Store credit: a balance in one currency, spent in parts like money (S12)."""

from __future__ import annotations

import sys
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals.money import format_money, format_percentage
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.rewards.kinds.base import Effect, Payment, RewardKind, Use, Worth
from oscar_referrals.rewards.models import Reward


class CreditKind(RewardKind):
    """The row itself is what the owner spends: see `rewards.credit.wallet`."""

    label = gettext_lazy("Store credit")
    payment = Payment.POST_TAX_TENDER
    effect = Effect.NONE
    divisible = True
    percent_of_order = True

    def earn(
        self, *, incentive: Incentive, figures: IncentiveAmount | None, currency: str, basis: int
    ) -> Worth | None:
        """The fixed amount, or the percentage of ``basis``, half-even (S11)."""
        if figures is None:
            return None
        fixed = incentive.value_type == Incentive.ValueType.FIXED
        amount = Value(incentive, figures).discount_on(sys.maxsize if fixed else basis)
        return Worth(unit=currency, amount=amount, percent=None if fixed else incentive.percent)

    def redeem(self, *, worth: Worth, spent: int) -> Use:
        """As much as was spent."""
        return Use(used=spent)

    def issue(self, *, reward: Reward) -> None:
        """Nothing: an available row is a part of its owner's balance."""

    def reverse(self, *, reward: Reward) -> None:
        """Nothing: a row that is not available is no part of the balance."""

    def expire(self, *, reward: Reward) -> None:
        """Nothing, for the same reason."""

    def describe(self, *, incentive: Incentive, figures: IncentiveAmount | None) -> str:
        """For instance "RM 20 of store credit"."""
        if figures is None:
            return ""
        if incentive.value_type == Incentive.ValueType.FIXED:
            return _("%(amount)s of store credit") % {
                "amount": format_money(figures.value or 0, figures.currency)
            }
        percent = incentive.percent or Decimal(0)
        return _("%(percent)s of the order as store credit") % {
            "percent": format_percentage(percent)
        }
