"""What has to happen to the friend's order before a reward is issued, and what takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts


class Hold:
    """The reward waits for the version's `hold_days` after the order was paid."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def until(self, paid_at: datetime) -> datetime:
        """When the hold of an order paid then is over."""
        return paid_at + timedelta(days=self.version.hold_days)

    def clauses(self) -> list[Clause]:
        """One sentence: payment and hold."""
        days = self.version.hold_days
        if days:
            text = ngettext(
                "The voucher is issued %(days)d day after the friend's order has been paid in "
                "full.",
                "The voucher is issued %(days)d days after the friend's order has been paid in "
                "full.",
                days,
            ) % {"days": days}
        else:
            text = _("The voucher is issued when the friend's order has been paid in full.")
        return [Clause(key="hold", section="advocate", text=text)]


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
