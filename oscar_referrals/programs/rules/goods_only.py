"""What a discount is taken off, and what happens to the part that finds nothing to reduce."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.spoken import has_kind


class GoodsOnly:
    """Goods are reduced, never delivery nor what the shop keeps out of all discounts."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def clauses(self) -> list[Clause]:
        """One sentence for both sides."""
        text = _(
            "Discounts and vouchers for an amount or a percentage reduce the price of goods, not "
            "of delivery. Goods that the shop excludes from discounts do not count."
        )
        if not has_kind(self.version, Incentive.Kind.FREE_SHIPPING):
            text = _(
                "Discounts and vouchers reduce the price of goods, not of delivery. Goods that the "
                "shop excludes from discounts do not count."
            )
        return [Clause(key="goods-only", section="program", text=text)]


class Remainder:
    """A fixed discount is never more than the goods cost, and what is left of it lapses."""

    def __init__(self, incentive: Incentive) -> None:
        self.incentive = incentive

    def clauses(self) -> list[Clause]:
        """For a fixed amount: the friend's only where the minimum lets it happen."""
        if self.incentive.value_type != Incentive.ValueType.FIXED:
            return []
        if self.incentive.side == Incentive.Side.ADVOCATE:
            text = _("What is not used of the voucher in that one order lapses.")
        elif any(
            amount.value and amount.minimum < amount.value
            for amount in self.incentive.amounts.all()
        ):
            text = _("If the goods cost less than the discount, the rest of it lapses.")
        else:
            return []
        key = f"{self.incentive.side}-remainder"
        return [Clause(key=key, section=self.incentive.side, text=text)]
