"""Whether a friend who has ordered before gets the discount."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class NewCustomers:
    """Friends must be new customers, if the version says so."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def check(self, facts: TillFacts) -> Refusal | None:
        """`existing-customer`; content while nobody is known yet."""
        if self.version.new_customers_only and facts.is_existing_customer:
            return Refusal(reason=reasons.EXISTING_CUSTOMER)
        return None

    def clauses(self) -> list[Clause]:
        """One sentence; it says how a cancelled order counts."""
        if not self.version.new_customers_only:
            text = _("The friend may have ordered from the shop before.")
        elif self.version.cancelled_orders_count:
            text = _(
                "The discount is for new customers: people who have never placed an order with "
                "the shop, not even one that was cancelled."
            )
        else:
            text = _(
                "The discount is for new customers: people who have not ordered from the shop "
                "before. Cancelled orders do not count."
            )
        return [Clause(key="new-customers", section="friend", text=text)]
