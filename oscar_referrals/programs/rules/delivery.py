"""Free delivery: what it is worth in a few words, and the sentences of all that it asks."""

from __future__ import annotations

from babel.lists import format_list
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import babel_locale, currency_name, format_money
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.products import limited_range

FRIEND = Incentive.Side.FRIEND


def is_delivery(incentive: Incentive) -> bool:
    """It takes something off the delivery charge, and nothing off the goods."""
    return incentive.kind == Incentive.Kind.FREE_SHIPPING


class Delivery:
    """What free delivery of one side asks, in the currencies it has figures for.

    Its clauses have keys of their own, because a side may have a discount on goods as well; those
    of a second one are numbered.
    """

    def __init__(
        self, incentive: Incentive, amounts: list[IncentiveAmount], *, number: int = 1
    ) -> None:
        self.incentive = incentive
        self.amounts = amounts
        self.number = number

    def clauses(self) -> list[Clause]:
        """Products, minimum, currencies, and what happens if delivery is free already."""
        return [
            *self._clause("products", self._products()),
            *(item for figures in self.amounts for item in self._minima(figures)),
            *self._clause("currencies", self._currencies()),
            *self._clause("combination", self._combination() if self.amounts else ""),
        ]

    def _clause(self, name: str, text: str, *, currency: str = "") -> list[Clause]:
        side = self.incentive.side
        parts = [side, "delivery", name, str(self.number) if self.number > 1 else "", currency]
        key = "-".join(part for part in parts if part)
        return [Clause(key=key, section=side, text=text)] if text else []

    def _products(self) -> str:
        name = limited_range(self.incentive)
        if not name:
            return ""
        return _(
            "Delivery is free for orders with products that “%(range)s” contained when these terms "
            "were published."
        ) % {"range": name}

    def _minima(self, figures: IncentiveAmount) -> list[Clause]:
        if not figures.minimum:
            return []
        text = self._minimum() % {
            "minimum": format_money(figures.minimum, figures.currency),
            "currency": currency_name(figures.currency),
        }
        return self._clause("minimum", text, currency=figures.currency if self._several else "")

    @property
    def _several(self) -> bool:
        return len(self.amounts) > 1

    def _minimum(self) -> str:
        if limited_range(self.incentive):
            if self._several:
                return _(
                    "For free delivery of orders in %(currency)s, these products must come to at "
                    "least %(minimum)s before discounts."
                )
            return _(
                "For free delivery, these products must come to at least %(minimum)s before "
                "discounts."
            )
        if self._several:
            return _(
                "For free delivery of orders in %(currency)s, the goods must come to at least "
                "%(minimum)s before discounts."
            )
        return _("For free delivery, the goods must come to at least %(minimum)s before discounts.")

    def _currencies(self) -> str:
        offered = {figures.currency for figures in self.amounts}
        missing = [
            currency_name(currency) for currency in conf.get().currencies if currency not in offered
        ]
        if not missing or not offered:
            return ""
        return _("Free delivery is not offered for orders in %(currencies)s.") % {
            "currencies": format_list(missing, style="or", locale=babel_locale())
        }

    def _combination(self) -> str:
        if self.incentive.side == FRIEND:
            return _(
                "Free delivery is given beside other offers on goods. If delivery is free already, "
                "or another offer of the shop takes more off it, that applies instead, and the "
                "advocate is rewarded all the same."
            )
        return _(
            "The voucher for free delivery is given beside other offers on goods. If delivery is "
            "free already, or another offer of the shop takes more off it, that applies instead, "
            "and the voucher is kept for another order."
        )


def delivery_words(
    incentive: Incentive, figures: IncentiveAmount, *, reader: str | None = None
) -> str:
    """The offer in a few words: "free delivery of your first order of RM 80 or more".

    ``reader`` is the side that reads it (default: the side that gets it).
    """
    phrase = _phrase(incentive, minimum=bool(figures.minimum), reader=reader or incentive.side)
    return phrase % {
        "value": delivery_value(figures),
        "minimum": format_money(figures.minimum, figures.currency),
    }


def delivery_value(figures: IncentiveAmount) -> str:
    """What it is worth, without saying of which order."""
    if figures.maximum is None:
        return _("free delivery")
    return _("free delivery (worth %(maximum)s at most)") % {
        "maximum": format_money(figures.maximum, figures.currency)
    }


def _phrase(incentive: Incentive, *, minimum: bool, reader: str) -> str:
    if incentive.side != FRIEND:
        if minimum:
            return _("a voucher for %(value)s of an order of %(minimum)s or more")
        return _("a voucher for %(value)s of an order")
    if not incentive.version.new_customers_only:
        if minimum:
            return _("%(value)s of one order of %(minimum)s or more")
        return _("%(value)s of one order")
    if reader != FRIEND:
        if minimum:
            return _("%(value)s of their first order of %(minimum)s or more")
        return _("%(value)s of their first order")
    if minimum:
        return _("%(value)s of your first order of %(minimum)s or more")
    return _("%(value)s of your first order")
