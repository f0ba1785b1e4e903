"""Which products the discount is for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.ranges import limits
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class Products:
    """Something in the basket counts: a discountable product, of the frozen list if any."""

    def __init__(self, incentive: Incentive) -> None:
        self.incentive = incentive

    def check(self, facts: TillFacts) -> Refusal | None:
        """`no-eligible-products`; content while there is no basket."""
        if facts.eligible_total is None or facts.eligible_total > 0:
            return None
        params = {"range": self.incentive.range_name} if self.incentive.range_name else {}
        return Refusal(reason=reasons.NO_ELIGIBLE_PRODUCTS, params=params)

    def clauses(self) -> list[Clause]:
        """One sentence for a limited range; none otherwise."""
        name = limited_range(self.incentive)
        if not name:
            return []
        if self.incentive.side == Incentive.Side.FRIEND:
            text = _(
                "The discount is for the products that “%(range)s” contained when these terms "
                "were published."
            )
        else:
            text = _(
                "The voucher is for the products that “%(range)s” contained when these terms "
                "were published."
            )
        key = f"{self.incentive.side}-products"
        return [Clause(key=key, section=self.incentive.side, text=text % {"range": name})]


def limited_range(incentive: Incentive) -> str:
    """Name of the range the incentive is limited to, as frozen or, for a draft, as it is now."""
    if incentive.version.status != ProgramVersion.Status.DRAFT:
        return incentive.range_name if incentive.limited_to_products else ""
    chosen = incentive.range
    return chosen.name if chosen is not None and limits(chosen) else ""
