"""What has to happen to the friend's order before a reward is issued, and what takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class Hold:
    """The reward waits for the version's `hold_days` after payment, shipment or delivery."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def until(self, begins_at: datetime) -> datetime:
        """When a hold that begins then is over."""
        return begins_at + timedelta(days=self.version.hold_days)

    def clauses(self) -> list[Clause]:
        """One sentence: what has to happen, and the hold."""
        days = self.version.hold_days
        text = self._text_after(days) % {"days": days} if days else self._text_at_once()
        return [Clause(key="hold", section="advocate", text=text)]

    def _text_after(self, days: int) -> str:
        match self.version.hold_from:
            case ProgramVersion.HoldFrom.SHIPMENT:
                return ngettext(
                    "The voucher is issued %(days)d day after the friend's order has been paid and "
                    "shipped in full.",
                    "The voucher is issued %(days)d days after the friend's order has been paid "
                    "and shipped in full.",
                    days,
                )
            case ProgramVersion.HoldFrom.DELIVERY:
                return ngettext(
                    "The voucher is issued %(days)d day after the friend's order has been paid and "
                    "delivered in full.",
                    "The voucher is issued %(days)d days after the friend's order has been paid "
                    "and delivered in full.",
                    days,
                )
        return ngettext(
            "The voucher is issued %(days)d day after the friend's order has been paid in full.",
            "The voucher is issued %(days)d days after the friend's order has been paid in full.",
            days,
        )

    def _text_at_once(self) -> str:
        match self.version.hold_from:
            case ProgramVersion.HoldFrom.SHIPMENT:
                return _(
                    "The voucher is issued when the friend's order has been paid and shipped in "
                    "full."
                )
            case ProgramVersion.HoldFrom.DELIVERY:
                return _(
                    "The voucher is issued when the friend's order has been paid and delivered in "
                    "full."
                )
        return _("The voucher is issued when the friend's order has been paid in full.")


class KeptOrder:
    """A cancelled or fully refunded order earns nothing; a partial refund changes nothing."""

    def clauses(self) -> list[Clause]:
        """One sentence for each."""
        text = _(
            "If the friend's order is cancelled or refunded in full, no voucher is issued, and a "
            "voucher that has not been used yet is withdrawn. A refund of a part of the order "
            "changes nothing."
        )
        return [Clause(key="refund", section="advocate", text=text)]


class Joined:
    """Rewards go to advocates who accepted the terms; those of others wait."""

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _("A reward waits until the advocate has joined by accepting these terms.")
        return [Clause(key="joined", section="advocate", text=text)]


class OncePerFriend:
    """A friend uses the discount once, and is credited once."""

    def check(self, facts: TillFacts) -> Refusal | None:
        """`already-referred`."""
        return Refusal(reason=reasons.ALREADY_REFERRED) if facts.already_referred else None

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _("Each friend can use the discount once and earns one reward for one advocate.")
        return [Clause(key="once", section="program", text=text)]


class KeptPromise:
    """Both sides settle under the version that was shown when the friend claimed."""

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _(
            "If these terms change, a discount that was claimed before, and the reward for it, "
            "stay under the terms that were in force when it was claimed."
        )
        return [Clause(key="changes", section="program", text=text)]
