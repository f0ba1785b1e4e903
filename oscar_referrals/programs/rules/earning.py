"""What has to happen to the friend's order before a reward is issued, and what takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts
from oscar_referrals.programs.rules.spoken import only_vouchers


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
        if not only_vouchers(self.version):
            return self._reward_after(days)
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
        if not only_vouchers(self.version):
            return self._reward_at_once()
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

    def _reward_after(self, days: int) -> str:
        match self.version.hold_from:
            case ProgramVersion.HoldFrom.SHIPMENT:
                return ngettext(
                    "A reward can be used %(days)d day after the friend's order has been paid and "
                    "shipped in full.",
                    "A reward can be used %(days)d days after the friend's order has been paid "
                    "and shipped in full.",
                    days,
                )
            case ProgramVersion.HoldFrom.DELIVERY:
                return ngettext(
                    "A reward can be used %(days)d day after the friend's order has been paid and "
                    "delivered in full.",
                    "A reward can be used %(days)d days after the friend's order has been paid "
                    "and delivered in full.",
                    days,
                )
        return ngettext(
            "A reward can be used %(days)d day after the friend's order has been paid in full.",
            "A reward can be used %(days)d days after the friend's order has been paid in full.",
            days,
        )

    def _reward_at_once(self) -> str:
        match self.version.hold_from:
            case ProgramVersion.HoldFrom.SHIPMENT:
                return _(
                    "A reward can be used when the friend's order has been paid and shipped in "
                    "full."
                )
            case ProgramVersion.HoldFrom.DELIVERY:
                return _(
                    "A reward can be used when the friend's order has been paid and delivered in "
                    "full."
                )
        return _("A reward can be used when the friend's order has been paid in full.")


class Joined:
    """Rewards go to advocates who accepted the terms; those of others wait."""

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _("A reward waits until the advocate has joined by accepting these terms.")
        return [Clause(key="joined", section="advocate", text=text)]


class OncePerFriend:
    """A friend uses the discount once, and is credited once."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def check(self, facts: TillFacts) -> Refusal | None:
        """`already-referred`."""
        return Refusal(reason=reasons.ALREADY_REFERRED) if facts.already_referred else None

    def clauses(self) -> list[Clause]:
        """One sentence, or two where registering binds a friend."""
        if self._is_one_reward:
            text = _("Each friend can use the discount once and earns one reward for one advocate.")
        else:
            text = _("Each friend can use the discount once and counts for one advocate.")
        found = [Clause(key="once", section="program", text=text)]
        if self._rewards_registration:
            text = _(
                "A friend who has registered through one advocate counts for that one, and can't "
                "use another advocate's discount."
            )
            found.append(Clause(key="once-registered", section="program", text=text))
        return found

    @property
    def _rewards_registration(self) -> bool:
        """Registering through a code makes a friend its advocate's, before there is an order."""
        incentives = self.version.incentives.all()
        return any(item.trigger == Incentive.Trigger.SIGN_UP for item in incentives)

    @property
    def _is_one_reward(self) -> bool:
        """Advocates get something for a first order, once, and friends nothing later."""
        earned = [incentive for incentive in self.version.incentives.all() if not incentive.at_till]
        alternatives = {incentive.choice or str(incentive.pk) for incentive in earned}
        first = (Incentive.Trigger.FIRST_ORDER, Incentive.Trigger.ORDER_OVER)
        return len(alternatives) <= 1 and all(
            incentive.side == Incentive.Side.ADVOCATE and incentive.trigger in first
            for incentive in earned
        )


class KeptPromise:
    """Both sides settle under the version that was shown when the friend claimed."""

    def clauses(self) -> list[Clause]:
        """One sentence."""
        text = _(
            "If these terms change, a discount that was claimed before, and the reward for it, "
            "stay under the terms that were in force when it was claimed."
        )
        return [Clause(key="changes", section="program", text=text)]
