"""An incentive exists only in the currencies it has figures for."""

from __future__ import annotations

from babel.lists import format_list
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import babel_locale, currency_name
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class OfferedCurrency:
    """The order is in the currency of the figures."""

    def __init__(self, incentive: Incentive, figures: IncentiveAmount | None) -> None:
        self.incentive = incentive
        self.figures = figures

    def check(self, facts: TillFacts) -> Refusal | None:
        """`currency-not-offered`; content while there is no basket."""
        if facts.currency is None:
            return None
        if self.figures is None or self.figures.currency != facts.currency:
            return Refusal(reason=reasons.CURRENCY_NOT_OFFERED, params={"currency": facts.currency})
        return None

    def clauses(self) -> list[Clause]:
        """Names the currencies left out; silent when the shop sells in no other."""
        offered = {amount.currency for amount in self.incentive.amounts.all()}
        missing = [
            currency_name(currency) for currency in conf.get().currencies if currency not in offered
        ]
        if not missing or not offered:
            return []
        currencies = {"currencies": format_list(missing, style="or", locale=babel_locale())}
        if self.incentive.side == Incentive.Side.FRIEND:
            text = _("The discount is not available for orders in %(currencies)s.")
        elif self.incentive.kind != Incentive.Kind.VOUCHER:
            text = _("No reward is earned by orders in %(currencies)s.")
        else:
            text = _(
                "No reward is earned by orders in %(currencies)s, and the voucher cannot be used "
                "for them."
            )
        key = f"{self.incentive.side}-currencies"
        return [Clause(key=key, section=self.incentive.side, text=text % currencies)]
