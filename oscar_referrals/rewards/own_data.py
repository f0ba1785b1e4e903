"""What is kept about a person's rewards and what they did with them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals.own_data import Section, amount, item, record, section
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.tellable import TELLABLE
from oscar_referrals.rewards.models import CreditUse, LedgerEntry, Reward, SetOff


def own_data(user: Any) -> list[Section]:
    """Rewards, the credit that was spent, what was set off, and the entries of the books."""
    rewards = Reward.objects.filter(owner=user).select_related("program").order_by("pk")
    uses = CreditUse.objects.filter(reward__owner=user).select_related("reward").order_by("pk")
    set_offs = SetOff.objects.filter(debt__owner=user).select_related("by").order_by("pk")
    entries = LedgerEntry.objects.filter(reward__owner=user).order_by("pk")
    return [
        section("rewards", _("My rewards"), map(_reward, rewards)),
        section("credit_used", _("Store credit that I used"), map(_use, uses)),
        section("set_off", _("What was set off"), map(_set_off, set_offs)),
        section("entries", _("Entries in the books"), map(_entry, entries)),
    ]


def _reward(row: Reward) -> list[Any]:
    own = row.side == Incentive.Side.FRIEND or row.reason in TELLABLE
    return [
        item("id", _("Number"), row.pk),
        item("program", _("Program"), row.program.name),
        *record(row, "side", "kind", "state"),
        item("reason", _("Reason"), reasons.shopper_text(row.reason) if row.reason and own else ""),
        amount("amount", _("Amount"), row.amount, row.unit),
        amount("reduced", _("Taken back"), row.reduced, row.unit),
        amount("adjusted", _("Adjusted by staff"), row.adjusted, row.unit),
        amount("used", _("Used"), row.used, row.unit),
        amount("netted", _("Set off"), row.netted, row.unit),
        amount("clawback", _("Used before it was taken back"), row.clawback, row.unit),
        amount("written_off", _("Waived"), row.written_off, row.unit),
        *record(
            row,
            "created_at",
            "hold_until",
            "available_at",
            "expires_at",
            "voucher_code",
            "spent_order_number",
            "spent_at",
        ),
        amount("settled_amount", _("Settled outside the shop"), row.settled_amount, row.currency),
        amount("spent_amount", _("Discount given"), row.spent_amount, row.currency),
    ]


def _use(row: CreditUse) -> list[Any]:
    return [
        item("reward", _("Reward"), row.reward_id),
        *record(row, "order_number", "state", "created_at", "changed_at"),
        amount("amount", _("Amount"), row.amount, row.reward.unit),
        amount("restored", _("Given back"), row.restored, row.reward.unit),
    ]


def _set_off(row: SetOff) -> list[Any]:
    return [
        item("reward", _("Reward"), row.debt_id),
        item("by", _("Set off against reward"), row.by_id),
        amount("amount", _("Amount"), row.amount, row.by.unit),
        *record(row, "made_at"),
    ]


def _entry(row: LedgerEntry) -> list[Any]:
    return [
        item("reward", _("Reward"), row.reward_id),
        *record(row, "booked_at", "event"),
    ]
