"""What is committed of a program's budget, and what is left. Queries only."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.money import VOUCHER_UNIT
from oscar_referrals.programs.models import IncentiveAmount, Limit, ProgramVersion
from oscar_referrals.programs.rules.budget import largest_discount
from oscar_referrals.rewards.models import LedgerAccount, Reward

Kind = LedgerAccount.Kind
State = Reward.State

#: Whatever was never settled is due within this, also after a failure.
SOON = timedelta(hours=2)
#: What was given up and what is still to be set off is spent as well.
SPENT_IN = (Kind.EXPENSE, Kind.CLAWBACK, Kind.WRITE_OFF)


def budget_of(version: ProgramVersion, currency: str) -> Limit | None:
    """The budget that counts for what stands under ``version``; None if there is none.

    The higher of the version's own and that of the program's current version: a budget that was
    raised, or taken away, helps those who took the offer before.
    """
    own = _budget_in(version, currency)
    if own is None:
        return None
    current = version.program.current_version
    if current is None or current.pk == version.pk:
        return own
    newest = _budget_in(current, currency)
    return newest if newest is None or newest.amount > own.amount else own


def has_budget(version: ProgramVersion, currency: str) -> bool:
    """Is there a budget in the currency? No query where the version's limits are loaded."""
    return _budget_in(version, currency) is not None


def committed(
    program_id: int, currency: str, *, besides: int | None = None, now: datetime | None = None
) -> int:
    """What the program has given and promised in a currency so far, in minor units.

    The cached balances of the books, percentage vouchers that can still be spent at their maximum,
    and the discounts of orders that are not settled yet, but for referral ``besides``.
    """
    # First what moves into the books: read afterwards, it could be missed in both.
    return (
        _not_settled(program_id, currency, besides, now or timezone.now())
        + _open_vouchers(program_id, currency)
        + _booked(program_id, currency)
    )


def budget_is_spent(version: ProgramVersion, currency: str, *, now: datetime | None = None) -> bool:
    """Is less left than the largest discount that a friend may get under the version?

    One query where the version has no budget.
    """
    budget = budget_of(version, currency)
    if budget is None:
        return False
    used = committed(version.program_id, currency, now=now)
    return used + largest_discount(version, currency) > budget.amount


def worth_in_money() -> Case:
    """What each reward counts for in minor units of its currency, as an SQL expression.

    What was spent of a percentage voucher, or paid for it outside the shop, and its maximum while
    neither is.
    """
    return Case(
        When(unit=F("currency"), then=F("amount") + F("adjusted") - F("reduced")),
        default=Coalesce(F("spent_amount"), F("settled_amount"), Subquery(_maximum()), Value(0)),
        output_field=IntegerField(),
    )


def _maximum() -> QuerySet:
    return IncentiveAmount.objects.filter(
        incentive=OuterRef("incentive"), currency=OuterRef("currency")
    ).values("maximum")[:1]


def _budget_in(version: ProgramVersion, currency: str) -> Limit | None:
    for limit in version.limits.all():
        if limit.scope == Limit.Scope.PROGRAM and limit.currency == currency:
            return limit
    return None


def _not_settled(program_id: int, currency: str, besides: int | None, now: datetime) -> int:
    due = Referral.objects.filter(
        settle_due_at__lte=now + SOON,
        settled_at=None,
        program=program_id,
        currency=currency,
    )
    if besides is not None:
        due = due.exclude(pk=besides)
    return _sum(due.annotate(all_saved=F("friend_discount") + F("shipping_discount")), "all_saved")


def _open_vouchers(program_id: int, currency: str) -> int:
    waiting = Reward.objects.filter(
        state__in=[State.PENDING, State.AVAILABLE],
        program=program_id,
        currency=currency,
        unit=VOUCHER_UNIT,
    )
    return _sum(waiting.annotate(most=Subquery(_maximum())), "most")


def _booked(program_id: int, currency: str) -> int:
    accounts = LedgerAccount.objects.filter(program=program_id, unit=currency, kind__in=SPENT_IN)
    return _sum(accounts, "balance")


def _sum(rows: QuerySet, name: str) -> int:
    total: int = rows.order_by().aggregate(total=Coalesce(Sum(name), 0))["total"]
    return total
