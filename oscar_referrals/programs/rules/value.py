"""What a side gets, and how much at most."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.money import currency_name, format_money, format_percentage, percentage
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.base import Clause

FIXED = Incentive.ValueType.FIXED
FRIEND = Incentive.Side.FRIEND


class Value:
    """The discount of one side in one currency."""

    def __init__(self, incentive: Incentive, figures: IncentiveAmount) -> None:
        self.incentive = incentive
        self.figures = figures

    def discount_on(self, eligible_total: int) -> int:
        """The discount on goods of ``eligible_total`` in minor units: never more than they cost."""
        if self.incentive.value_type == FIXED:
            discount = self.figures.value or 0
        elif self.incentive.percent is not None:
            discount = percentage(eligible_total, self.incentive.percent)
        else:
            discount = 0
        if self.figures.maximum is not None:
            discount = min(discount, self.figures.maximum)
        return min(discount, eligible_total)

    def clauses(self) -> list[Clause]:
        """The value and, where there is one, the most it can be."""
        return [
            *self._clause("value", self._value_sentence()),
            *self._clause("maximum", self._maximum_sentence()),
        ]

    @property
    def _several(self) -> bool:
        return len(self.incentive.amounts.all()) > 1

    def _clause(self, name: str, sentence: str) -> list[Clause]:
        if not sentence:
            return []
        side, currency = self.incentive.side, self.figures.currency
        # A percentage is the same in each currency, and said once.
        per_currency = self._several and (name == "maximum" or self.incentive.value_type == FIXED)
        key = f"{side}-{name}-{currency}" if per_currency else f"{side}-{name}"
        amount = self.figures.maximum if name == "maximum" else self.figures.value
        percent = self.incentive.percent
        text = sentence % {
            "amount": format_money(amount, currency) if amount is not None else "",
            "percent": format_percentage(percent) if percent is not None else "",
            "currency": currency_name(currency),
        }
        return [Clause(key=key, section=side, text=text)]

    def _value_sentence(self) -> str:
        if self.incentive.value_type == FIXED:
            return self._fixed_sentence() if self.figures.value else ""
        if self.incentive.percent is None:
            return ""
        if self.incentive.side != FRIEND:
            return _("The advocate who invited them gets a voucher for %(percent)s off one order.")
        if self.incentive.version.new_customers_only:
            return _("The friend gets %(percent)s off their first order.")
        return _("The friend gets %(percent)s off one order.")

    def _fixed_sentence(self) -> str:
        if self.incentive.side != FRIEND:
            if self._several:
                return _(
                    "If the friend's order is in %(currency)s, the advocate who invited them gets "
                    "a voucher for %(amount)s."
                )
            return _("The advocate who invited them gets a voucher for %(amount)s.")
        if self.incentive.version.new_customers_only:
            if self._several:
                return _(
                    "The friend gets %(amount)s off their first order if it is in %(currency)s."
                )
            return _("The friend gets %(amount)s off their first order.")
        if self._several:
            return _("The friend gets %(amount)s off one order if it is in %(currency)s.")
        return _("The friend gets %(amount)s off one order.")

    def _maximum_sentence(self) -> str:
        if self.figures.maximum is None:
            return ""
        if self.incentive.side == FRIEND:
            if self._several:
                return _("The discount is %(amount)s at most for orders in %(currency)s.")
            return _("The discount is %(amount)s at most.")
        if self._several:
            return _("The voucher takes off %(amount)s at most for orders in %(currency)s.")
        return _("The voucher takes off %(amount)s at most.")
