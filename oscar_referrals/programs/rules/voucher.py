"""How the advocate's voucher is used: by whom, how often and how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.rules.base import Clause


class Validity:
    """The voucher is good for the incentive's `validity_days` after it was issued."""

    def __init__(self, incentive: Incentive, *, key: str = "advocate") -> None:
        self.incentive = incentive
        self.key = key

    def expires_at(self, issued_at: datetime) -> datetime | None:
        """When a voucher issued then expires; None if the incentive sets no period."""
        days = self.incentive.validity_days
        return issued_at + timedelta(days=days) if days else None

    def clauses(self) -> list[Clause]:
        """One sentence."""
        days = self.incentive.validity_days
        if not days:
            return []
        return [
            Clause(
                key=f"{self.key}-validity",
                section=self.incentive.side,
                text=self._text(days) % {"days": days},
            )
        ]

    def _text(self, days: int) -> str:
        match self.incentive.kind:
            case Incentive.Kind.VOUCHER:
                return ngettext(
                    "The voucher is valid for %(days)d day after it is issued.",
                    "The voucher is valid for %(days)d days after it is issued.",
                    days,
                )
            case Incentive.Kind.CREDIT:
                return ngettext(
                    "The store credit can be used for %(days)d day after it is given.",
                    "The store credit can be used for %(days)d days after it is given.",
                    days,
                )
            case Incentive.Kind.FREE_SHIPPING:
                return ngettext(
                    "The free delivery can be used for %(days)d day after it is given.",
                    "The free delivery can be used for %(days)d days after it is given.",
                    days,
                )
        return ngettext(
            "The reward can be used for %(days)d day after it is given.",
            "The reward can be used for %(days)d days after it is given.",
            days,
        )


class OwnerOnly:
    """Spent once, by the account it was issued to."""

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _(
            "The voucher can be used for one order, by the advocate it was issued to and while "
            "signed in. It is not paid out in money."
        )
        return [Clause(key="advocate-owner", section="advocate", text=text)]


class CreditUse:
    """Store credit belongs to one account, and is spent in parts."""

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _(
            "Store credit can be used in parts, for orders in its own currency, by the account "
            "that it was given to and while signed in. It is not paid out in money."
        )
        return [Clause(key="credit-use", section="advocate", text=text)]


class OwnCurrency:
    """A voucher is spent in the currency of the order that earned it."""

    def __init__(self, incentive: Incentive) -> None:
        self.incentive = incentive

    def clauses(self) -> list[Clause]:
        """One sentence, where there is more than one currency to speak of."""
        if len(self.incentive.amounts.all()) < 2:
            return []
        text = _("The voucher can be used for orders in the same currency as the friend's order.")
        return [Clause(key="advocate-currency", section="advocate", text=text)]
