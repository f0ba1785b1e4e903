"""Who may take part."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal


@dataclass(frozen=True, kw_only=True)
class JoinFacts:
    """What is known about a person who wants to join."""

    signed_in: bool
    #: Has an order that was not cancelled.
    has_ordered: bool


class MayJoin:
    """Any signed-in customer, or only those who have ordered, as the version says."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    @property
    def customers_only(self) -> bool:
        """The person's orders have to be looked up."""
        return self.version.may_join == ProgramVersion.MayJoin.CUSTOMERS

    def check(self, facts: JoinFacts) -> Refusal | None:
        """`sign-in-first` or `order-first`."""
        if not facts.signed_in:
            return Refusal(reason=reasons.SIGN_IN_FIRST)
        if self.customers_only and not facts.has_ordered:
            return Refusal(reason=reasons.ORDER_FIRST)
        return None

    def clauses(self) -> list[Clause]:
        """One sentence."""
        if self.customers_only:
            text = _(
                "Customers with an account who have placed an order that was not cancelled may "
                "join."
            )
        else:
            text = _("Everybody who has an account with the shop may join.")
        return [Clause(key="may-join", section="program", text=text)]
