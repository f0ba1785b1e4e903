"""What is known of an order now: paid, shipped, cancelled, refunded. The one place that reads it.

Oscar has no flag for "paid" and every shop its own pipeline, so a shop may name a function of its
own in ``ORDER_FACTS``. It gets an order and answers `OrderFacts`; it is asked again each time
something may have changed, so it needs no memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from operator import itemgetter
from typing import Any

from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.money import to_minor
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.shipping import way_of
from oscar_referrals.rewards.statuses import since_status

#: Codes of payment event types (as Oscar derives them from the names staff give) that bring money.
PAYING_EVENTS = frozenset(
    {"paid", "payment", "settle", "settled", "debit", "debited", "capture", "captured"}
)
#: What the code of a payment event type that gives money back contains.
REFUND_MARK = "refund"
#: Code of the type of payment source that store credit is recorded as. What was refunded to such a
#: source went back to the wallet, and no money with it.
CREDIT_SOURCE = "referral-credit"
#: Types of transactions on a payment source that bring no money.
NOT_PAYING_TRANSACTIONS = frozenset({"authorise", "authorize", "pre-auth", "refund", "void"})


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """What is known of one order. Amounts in minor units of ``currency``."""

    number: str
    currency: str
    total: int
    #: False once the order's row was deleted: then nothing new is learnt from it.
    exists: bool = True
    #: Has been paid in full. Money that went back later shows as refunded, not as unpaid.
    paid: bool = False
    #: When it became paid; None where the shop does not record that.
    paid_at: datetime | None = None
    cancelled: bool = False
    #: What went back to the buyer in all, as money or as credit.
    refunded: int = 0
    #: Of that, what was given back to the store credit that the order was paid with.
    credit_refunded: int = 0
    fully_refunded: bool = False
    #: False while nothing says whether it is paid: no source, no event, no status configured.
    payment_known: bool = True
    #: Since when all of it is on its way to the customer, and since when the customer has it; None
    #: while that isn't so, or isn't recorded.
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    #: False where the shop records no shipments, or no deliveries, at all.
    shipment_known: bool = True
    delivery_known: bool = True

    @property
    def undone(self) -> str:
        """Why nothing of this order is owed any more, as a reason code; empty if it stands."""
        if self.cancelled:
            return reasons.ORDER_CANCELLED
        return reasons.ORDER_REFUNDED if self.fully_refunded else ""


def facts_of(order: Any | None, *, number: str, currency: str, total: int) -> OrderFacts:
    """The facts of ``order`` through the project's function, or those of an order that is gone."""
    if order is None:
        return OrderFacts(
            number=number, currency=currency, total=total, exists=False, payment_known=False
        )
    facts: OrderFacts = conf.get().load("ORDER_FACTS")(order)
    return facts


class FactsByNumber(dict[str, OrderFacts]):
    """The facts of orders that only their numbers are known of; each order is asked once.

    ``currency`` is that of the reward which they concern, for orders that are gone.
    """

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.currency = currency

    def __missing__(self, number: str) -> OrderFacts:
        order = get_model("order", "Order").objects.filter(number=number).first()
        self[number] = facts = facts_of(order, number=number, currency=self.currency, total=0)
        return facts


def order_facts(order: Any) -> OrderFacts:
    """The default: order status, payment sources and events, whichever the shop keeps.

    Paid when the debits of the payment sources, or the payment events that bring money and the
    store credit, reach the order's total, when the order has had one of ``PAID_STATUSES``, or when
    it costs nothing.
    Refunded in full when the refunds reach the total, or by ``REFUNDED_STATUSES``. Amounts in
    another currency than the order's are not counted: they say nothing without a rate. When it was
    shipped and delivered: see `rewards.shipping`.
    """
    settings = conf.get()
    currency = order.currency
    total = to_minor(order.total_incl_tax, currency)
    every_source = order.sources.select_related("source_type").prefetch_related("transactions")
    sources = [source for source in every_source if source.currency == currency]
    credit = [source for source in sources if source.source_type.code == CREDIT_SOURCE]
    payments, refunds = _events(order, {source.reference for source in credit})
    knows_money = bool(payments) or len(sources) > len(credit)
    # Some shops record sources, some events, and credit is always a source: it counts once in each.
    payments = sorted([*payments, *_transactions(credit)], key=itemgetter(1))
    debited = _minor((source.amount_debited for source in sources), currency)
    credit_refunded = _minor((source.amount_refunded for source in credit), currency)
    refunded = max(
        _minor((source.amount_refunded for source in sources), currency),
        _minor((amount for amount, _moment in refunds), currency) + credit_refunded,
    )
    ended = {*settings.CANCELLED_STATUSES, *settings.REFUNDED_STATUSES}
    by_status, status_paid_at = since_status(order, settings.PAID_STATUSES, ended)
    if total == 0:
        paid, paid_at = True, order.date_placed
    elif debited >= total:
        paid, paid_at = True, _reached(_transactions(sources), total, currency)
    elif _minor((amount for amount, _moment in payments), currency) >= total:
        paid, paid_at = True, _reached(payments, total, currency)
    else:
        paid, paid_at = by_status, status_paid_at
    return OrderFacts(
        number=str(order.number),
        currency=currency,
        total=total,
        paid=paid,
        paid_at=paid_at,
        cancelled=order.status in settings.CANCELLED_STATUSES,
        refunded=refunded,
        credit_refunded=credit_refunded,
        fully_refunded=order.status in settings.REFUNDED_STATUSES or 0 < total <= refunded,
        payment_known=bool(paid or knows_money or settings.PAID_STATUSES),
        **asdict(way_of(order)),
    )


def _minor(amounts: Iterable[Decimal], currency: str) -> int:
    return to_minor(sum(amounts, Decimal(0)), currency)


def _events(
    order: Any, of_credit: set[str]
) -> tuple[list[tuple[Decimal, datetime]], list[tuple[Decimal, datetime]]]:
    """Amount and time of the payment events that bring money, and of those that give it back.

    Those with a reference in ``of_credit`` tell of the credit, whose source says so already.
    """
    payments, refunds = [], []
    events = order.payment_events.values_list(
        "event_type__code", "amount", "date_created", "reference"
    )
    for code, amount, moment, reference in events.order_by("date_created", "pk"):
        if reference and reference in of_credit:
            continue
        if REFUND_MARK in code.lower():
            refunds.append((amount, moment))
        elif code.lower() in PAYING_EVENTS:
            payments.append((amount, moment))
    return payments, refunds


def _transactions(sources: list[Any]) -> list[tuple[Decimal, datetime]]:
    """Amount and time of the transactions that brought money."""
    rows = (
        (transaction.date_created, transaction.txn_type.lower(), transaction.amount)
        for source in sources
        for transaction in source.transactions.all()
    )
    return [
        (amount, moment)
        for moment, kind, amount in sorted(rows)
        if kind not in NOT_PAYING_TRANSACTIONS
    ]


def _reached(
    payments: list[tuple[Decimal, datetime]], total: int, currency: str
) -> datetime | None:
    """When the payments, in order of time, first reached the total; None if they don't say."""
    sums = accumulate(to_minor(amount, currency) for amount, _moment in payments)
    for whole, (_amount, moment) in zip(sums, payments, strict=True):
        if whole >= total:
            return moment
    return None
