"""What cancelling or refunding the friend's order takes back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.spoken import only_vouchers

Below, Partial = ProgramVersion.BelowMinimum, ProgramVersion.PartialRefunds


class KeptOrder:
    """A cancelled or fully refunded order earns nothing; a partial refund what the version says."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def clauses(self) -> list[Clause]:
        """One sentence for each case."""
        texts = {
            "refund": self._undone(),
            "partial-refund": self._partial(),
            "below-minimum": self._below_minimum(),
            "clawback": _(
                "If a reward was used before it had to be withdrawn, what was used is set off "
                "against the advocate's later rewards. It is never collected."
            ),
        }
        return [
            Clause(key=key, section="advocate", text=text) for key, text in texts.items() if text
        ]

    def _undone(self) -> str:
        if only_vouchers(self.version):
            return _(
                "If the friend's order is cancelled or refunded in full, no voucher is issued, and "
                "a voucher that has not been used yet is withdrawn."
            )
        return _(
            "If the friend's order is cancelled or refunded in full, it earns no reward, and what "
            "has not been used yet of a reward is withdrawn."
        )

    def _partial(self) -> str:
        if self.version.partial_refunds == Partial.PROPORTIONAL:
            return _("A refund of a part of the order reduces the reward in proportion.")
        if self._has_share_of_order():
            return _(
                "A refund of a part of the order reduces a reward that is a percentage of it in "
                "proportion, and changes nothing else."
            )
        return _("A refund of a part of the order changes nothing.")

    def _below_minimum(self) -> str:
        asks = any(
            row.threshold or (incentive.at_till and row.minimum)
            for incentive in self.version.incentives.all()
            for row in incentive.amounts.all()
        )
        if self.version.below_minimum == Below.KEEP or not asks:
            return ""
        return _(
            "If a refund takes the friend's order below the amount that it had to come to, it is "
            "treated as refunded in full."
        )

    def _has_share_of_order(self) -> bool:
        return any(
            incentive.kind == Incentive.Kind.CREDIT
            and incentive.value_type == Incentive.ValueType.PERCENT
            for incentive in self.version.incentives.all()
        )
