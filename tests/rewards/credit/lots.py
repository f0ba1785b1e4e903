"""Lots of store credit, and what is done with them, by the services alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import Balance, balance, reserve
from oscar_referrals.rewards.models import Posting, Reward
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import order, settled


def credit_program(days: int | None = 90, value: int = 2000, **rules: Any) -> Program:
    """RM 20 off for the friend, RM 20 of credit for the advocate, no hold."""
    side = {"kind": "credit", "value": value, "validity_days": days}
    return live_program(**{"hold_days": 0, "advocate": side, **rules})


def basket_of(owner: Any) -> Any:
    return get_model("basket", "Basket").objects.create(owner=owner)


def take(lot: Reward, basket: Any, amount: int | None = None, **kwargs: Any) -> int:
    """Set credit aside for a basket."""
    return reserve(
        owner_id=lot.owner_id, basket_id=basket.pk, currency="MYR", amount=amount, **kwargs
    )


def spend(lot: Reward, amount: int, total: str = "80.00") -> Any:
    """An order that was paid with credit, and the rest by card."""
    basket = basket_of(lot.owner)
    take(lot, basket, amount)
    placed = order(total, user=lot.owner)
    begin(basket_id=basket.pk, order_number=placed.number, currency="MYR", amount=amount)
    assert capture(order_number=placed.number) == amount
    settled(lot.referral)
    return placed


def money(lot: Reward, **kwargs: Any) -> Balance:
    return balance(owner_id=lot.owner_id, currency="MYR", **kwargs)


def checked(lot: Reward) -> Reward:
    """The row as it is now; the books agree with it."""
    findings = audit()
    assert not findings, [str(finding) for finding in findings]
    lot.refresh_from_db()
    return lot


def losses() -> int:
    """What the books say was lost."""
    legs = Posting.objects.filter(
        entry__event__in=("loss", "loss-reversal"), account__kind="expense:reward"
    )
    return sum(legs.values_list("amount", flat=True))


def credit_source(placed: Any, amount: str) -> Any:
    """The payment source of an order's credit, as the till records it."""
    source_type, _created = get_model("payment", "SourceType").objects.get_or_create(
        code="referral-credit", defaults={"name": "Store credit"}
    )
    source = get_model("payment", "Source").objects.create(
        order=placed, source_type=source_type, currency=placed.currency
    )
    source.debit(Decimal(amount))
    return source
