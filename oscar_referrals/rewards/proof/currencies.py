"""I10: a balance in one currency never pays another, in no row and in no order."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery
from oscar.core.loading import get_model

from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.models import CreditUse, Posting, Reward


def mixed_currencies() -> Iterator[Finding]:
    """Legs, uses of credit and spent vouchers in another currency than their reward's."""
    strange = Posting.objects.exclude(
        Q(account__unit=F("entry__reward__unit")) | Q(account__unit=F("entry__reward__currency"))
    )
    for key, unit in strange.values_list("entry__key", "account__unit").distinct():
        detail = f"booked in {unit}, which is not the reward's"
        yield Finding(invariant="I10", subject=key, detail=detail)
    no_money = CreditUse.objects.exclude(reward__unit=F("reward__currency"))
    for key in no_money.values_list("reward__key", flat=True).distinct():
        yield Finding(invariant="I10", subject=key, detail="spent as credit, and is no money")
    orders = get_model("order", "Order").objects
    currency = Subquery(orders.filter(number=OuterRef("order_number")).values("currency")[:1])
    uses = CreditUse.objects.exclude(order_number="").annotate(of_order=currency)
    paid = uses.exclude(of_order=None).exclude(of_order=F("reward__currency"))
    for key, number, code in paid.values_list("reward__key", "order_number", "of_order"):
        yield _wrong_order(key, number, code)
    currency = Subquery(orders.filter(number=OuterRef("spent_order_number")).values("currency")[:1])
    spent = Reward.objects.exclude(spent_order_number="").annotate(of_order=currency)
    wrong = spent.exclude(of_order=None).exclude(of_order=F("currency"))
    for key, number, code in wrong.values_list("key", "spent_order_number", "of_order"):
        yield _wrong_order(key, number, code)


def _wrong_order(key: str, number: str, currency: str) -> Finding:
    detail = f"spent with order {number}, which is in {currency}"
    return Finding(invariant="I10", subject=key, detail=detail)
