"""Whether a discount joins the shop's other offers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.rules.base import Clause


class Combination:
    """Combinable or not, as the version says; if not, the better offer applies."""

    def __init__(self, incentive: Incentive) -> None:
        self.incentive = incentive

    def clauses(self) -> list[Clause]:
        """One sentence per side."""
        combinable = self.incentive.version.combinable
        if self.incentive.side == Incentive.Side.FRIEND:
            text = (
                _("The discount can be combined with other offers of the shop.")
                if combinable
                else _(
                    "The discount is not combined with other offers of the shop. If they save the "
                    "friend more, they apply instead, and the advocate is rewarded all the same."
                )
            )
        else:
            text = (
                _("The voucher can be combined with other offers of the shop.")
                if combinable
                else _(
                    "The voucher is not combined with other offers of the shop. If they save the "
                    "advocate more, they apply instead."
                )
            )
        key = f"{self.incentive.side}-combination"
        return [Clause(key=key, section=self.incentive.side, text=text)]
