"""How much has to be spent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.money import currency_name, format_money
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts
from oscar_referrals.programs.rules.products import limited_range


class MinimumSpend:
    """The goods that count reach the minimum, before any discount and without delivery."""

    def __init__(self, incentive: Incentive, figures: IncentiveAmount | None) -> None:
        self.incentive = incentive
        self.figures = figures

    def check(self, facts: TillFacts) -> Refusal | None:
        """`below-minimum`, with what is missing and what is to be had; content without a basket."""
        if facts.eligible_total is None or self.figures is None:
            return None
        missing = self.figures.minimum - facts.eligible_total
        if missing <= 0:
            return None
        params = {"missing": missing, "currency": self.figures.currency}
        if self.incentive.percent is not None:
            params["percent"] = str(self.incentive.percent)
        elif self.figures.value is not None:
            params["value"] = self.figures.value
        return Refusal(reason=reasons.BELOW_MINIMUM, params=params)

    def clauses(self) -> list[Clause]:
        """One sentence per currency that has a minimum."""
        if self.figures is None or not self.figures.minimum:
            return []
        currency = self.figures.currency
        several = len(self.incentive.amounts.all()) > 1
        text = self._sentence(several, limited=bool(limited_range(self.incentive))) % {
            "minimum": format_money(self.figures.minimum, currency),
            "currency": currency_name(currency),
        }
        key = f"{self.incentive.side}-minimum"
        if several:
            key += f"-{currency}"
        return [Clause(key=key, section=self.incentive.side, text=text)]

    def _sentence(self, several: bool, *, limited: bool) -> str:
        if self.incentive.side == Incentive.Side.FRIEND:
            if limited and several:
                return _(
                    "For orders in %(currency)s, these products must come to at least %(minimum)s "
                    "before discounts and delivery."
                )
            if limited:
                return _(
                    "These products must come to at least %(minimum)s before discounts and "
                    "delivery."
                )
            if several:
                return _(
                    "For orders in %(currency)s, the goods must come to at least %(minimum)s "
                    "before discounts and delivery."
                )
            return _("The goods must come to at least %(minimum)s before discounts and delivery.")
        if several:
            return _(
                "For orders in %(currency)s, the voucher can be used for goods of %(minimum)s or "
                "more, before discounts and delivery."
            )
        return _(
            "The voucher can be used for goods of %(minimum)s or more, before discounts and "
            "delivery."
        )
