"""Two advocates, their friends and their baskets, as a sequence of events can move them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.money import proportion
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.credit import payment, wallet
from oscar_referrals.rewards.models import CreditUse
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import advocate
from tests.rewards.cases import order, pay, referred, set_status

#: The friend's order comes to this, and 20 % of it are promised.
TOTAL = 10_000
PROMISED = 2_000
CURRENCY = "MYR"


@dataclass
class Friend:
    """One referral and the payment of its order."""

    referral: Referral
    source: Any
    status: str = "Pending"
    #: In minor units.
    refunded: int = 0

    def refund(self, amount: str) -> None:
        """Money goes back."""
        self.source.refund(Decimal(amount))
        self.refunded += int(Decimal(amount) * 100)

    def move(self, status: str) -> None:
        """The order goes on in the shop's pipeline."""
        set_status(self.referral.order, status)
        self.status = status

    def owed(self) -> int:
        """What the order's facts call for, worked out apart from the code that is tested."""
        if self.status in ("Cancelled", "Refunded") or self.refunded >= TOTAL:
            return 0
        return proportion(PROMISED, TOTAL - self.refunded, TOTAL)


@dataclass
class Shop:
    """What exists by now. Time goes on only when somebody waits."""

    program: Program
    now: datetime = field(default_factory=lambda: timezone.now() + timedelta(hours=1))
    advocates: list[Advocate] = field(default_factory=list)
    friends: list[Friend] = field(default_factory=list)
    baskets: list[Any] = field(default_factory=list)
    #: Orders that were paid with credit, and by which advocate.
    spending: list[tuple[int, Any]] = field(default_factory=list)

    def open(self) -> None:
        """Two advocates, with a basket and something to spend each."""
        self.advocates = [advocate(self.program) for _number in range(2)]
        self.baskets = [self.new_basket(member) for member in self.advocates]
        for number in range(2):
            self.refer(number)
            self.friends[-1].source.debit(Decimal("99.99"))
            self.settle(self.friends[-1])
        self.now += timedelta(days=3)
        self.settle_all()

    def new_basket(self, member: Advocate) -> Any:
        """An open basket of its owner."""
        return get_model("basket", "Basket").objects.create(owner=member.user)

    def refer(self, number: int) -> None:
        """Another friend orders and pays a cent, so that there is something to refund."""
        referral = referred(self.program, member=self.advocates[number], discount=0)
        self.friends.append(Friend(referral, pay(referral.order, "0.01")))
        self.settle(self.friends[-1])

    def settle(self, friend: Friend) -> None:
        """What the shop's signals would do."""
        settle(friend.referral.pk, now=self.now)

    def settle_all(self) -> None:
        """In the order in which they came."""
        for friend in self.friends:
            self.settle(friend)

    def settle_friends_of(self, number: int) -> None:
        """All from whom this advocate's credit comes."""
        for friend in self.friends:
            if friend.referral.advocate_id == self.advocates[number].pk:
                self.settle(friend)

    def reserve(self, number: int, amount: int | None) -> None:
        """ "Use my credit"."""
        with suppress(wallet.CreditRefused):
            wallet.reserve(
                owner_id=self.advocates[number].user_id,
                basket_id=self.baskets[number].pk,
                currency=CURRENCY,
                amount=amount,
                now=self.now,
            )

    def release(self, number: int) -> None:
        """The shopper thinks better of it."""
        wallet.release(basket_id=self.baskets[number].pk, now=self.now)

    def buy(self, number: int) -> None:
        """The payment begins, the order is placed, and the basket is another one."""
        basket = self.baskets[number]
        held = CreditUse.objects.filter(basket=basket, state="reserved")
        amount = sum(held.values_list("amount", flat=True))
        if not amount:
            return
        placed = order(str(Decimal(amount) / 100), user=self.advocates[number].user)
        try:
            payment.begin(
                basket_id=basket.pk,
                order_number=placed.number,
                currency=CURRENCY,
                amount=amount,
                now=self.now,
            )
        except wallet.CreditRefused:
            return
        payment.capture(order_number=placed.number, now=self.now)
        self.spending.append((number, placed))
        self.baskets[number] = self.new_basket(self.advocates[number])
        self.settle_friends_of(number)

    def undo_spending(self, number: int, status: str) -> None:
        """An order that was paid with credit is cancelled, or comes back to life."""
        if self.spending:
            owner, placed = self.spending[number % len(self.spending)]
            set_status(placed, status)
            self.settle_friends_of(owner)
