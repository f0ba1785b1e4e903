"""The wallet on the account's page: balances, what expires when, and what was paid with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.money import format_day, format_money
from oscar_referrals.rewards.credit.lots import can_be_spent, is_lot, soonest_first
from oscar_referrals.rewards.credit.wallet import Balance, balances
from oscar_referrals.rewards.models import CreditUse, Reward

USES_SHOWN = 20


class Line(NamedTuple):
    """An amount and what there is to say about it."""

    amount: str
    text: str


class Wallet(NamedTuple):
    """One currency's part, in words; empty texts where there is nothing to say."""

    spendable: str
    reserved: str
    pending: str
    lots: list[Line]


def wallets_of(user: Any, rewards: Iterable[Reward]) -> list[Wallet]:
    """A wallet per currency. One query, and none if there is no credit among ``rewards``."""
    lots = [reward for reward in rewards if is_lot(reward)]
    if not lots:
        return []
    now = timezone.now()
    usable = soonest_first(lot for lot in lots if lot.left and can_be_spent(lot, now))
    return [
        _wallet(found, [lot for lot in usable if lot.currency == found.currency])
        for found in balances(owner_id=user.pk, now=now)
    ]


def history_of(user: Any) -> list[Line]:
    """What orders were paid with, the latest first. One query."""
    uses = (
        CreditUse.objects.filter(reward__owner=user, state=CreditUse.State.CAPTURED)
        .values("order_number", "reward__currency")
        .annotate(spent=Sum("amount"), back=Sum("restored"), at=Max("created_at"))
        .order_by("-at")[:USES_SHOWN]
    )
    return [_use(row) for row in uses]


def _wallet(found: Balance, lots: list[Reward]) -> Wallet:
    def words(amount: int) -> str:
        return format_money(amount, found.currency) if amount else ""

    return Wallet(
        spendable=format_money(found.spendable, found.currency),
        reserved=words(found.reserved),
        pending=words(found.pending),
        lots=[Line(words(lot.left), _validity(lot)) for lot in lots],
    )


def _validity(lot: Reward) -> str:
    if lot.expires_at is None:
        return _("without an end date")
    return _("until %(date)s") % {"date": format_day(lot.expires_at)}


def _use(row: Mapping[str, Any]) -> Line:
    currency = row["reward__currency"]
    text = _("for order %(number)s on %(date)s") % {
        "number": row["order_number"],
        "date": format_day(row["at"]),
    }
    if row["back"]:
        text = _("%(use)s; %(amount)s came back") % {
            "use": text,
            "amount": format_money(row["back"], currency),
        }
    return Line(format_money(row["spent"], currency), text)
