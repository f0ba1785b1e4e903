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
from oscar_referrals.rewards import spend
from oscar_referrals.rewards.credit import payment, wallet
from oscar_referrals.rewards.losses import book_loss
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import advocate
from tests.properties.wrapping import ISSUED
from tests.rewards.cases import order, pay, referred, set_status

#: The friend's order comes to this.
TOTAL = 10_000
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

    def owed(self, promised: int) -> int:
        """What the order's facts call for, worked out apart from the code that is tested.

        Of money in proportion to what was not refunded; of pieces all, while the order stands.
        """
        if self.status in ("Cancelled", "Refunded") or self.refunded >= TOTAL:
            return 0
        return proportion(promised, TOTAL - self.refunded, TOTAL) if promised > 1 else promised


@dataclass
class Discount:
    """What an order got by a reward that is spent as a whole, in minor units."""

    reward: int
    placed: Any
    amount: int
    stands: bool = True


@dataclass
class Shop:
    """What exists by now. Time goes on only when somebody waits."""

    program: Program
    #: What an advocate has for a friend's order, in minor units or pieces, by the kind of reward.
    promised: dict[str, int]
    now: datetime = field(default_factory=lambda: timezone.now() + timedelta(hours=1))
    advocates: list[Advocate] = field(default_factory=list)
    friends: list[Friend] = field(default_factory=list)
    baskets: list[Any] = field(default_factory=list)
    #: Orders that were paid with credit, and by which advocate.
    spending: list[tuple[int, Any]] = field(default_factory=list)
    #: Orders that got a reward as a whole, in this order.
    discounts: list[Discount] = field(default_factory=list)
    #: What was handed out of the shop's own kind.
    issued: set[str] = field(default_factory=set)

    def open(self) -> None:
        """Two advocates, with a basket and something to spend each."""
        self.advocates = [advocate(self.program) for _number in range(2)]
        # Each has two, for what can be in one of them only.
        self.baskets = [self.new_basket(member) for member in self.advocates * 2]
        for number in range(2):
            self.refer(number)
            self.friends[-1].source.debit(Decimal("99.99"))
            self.settle(self.friends[-1])
        self.now += timedelta(days=3)
        self.settle_all()
        self.issued = set(ISSUED)

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

    def rewards(self) -> list[Reward]:
        """All that are spent as a whole, oldest first."""
        return list(Reward.objects.exclude(kind="credit").filter(side="advocate").order_by("pk"))

    def bind(self, reward: Reward, number: int) -> bool:
        """A basket of the owner wants the reward; True if it may spend it now."""
        basket = self.baskets[number]
        return spend.hold_for(reward_id=reward.pk, basket_id=basket.pk, now=self.now)

    def set_basket(self, number: int, status: str) -> None:
        """A payment begins, or is given up."""
        self.baskets[number].status = status
        self.baskets[number].save(update_fields=["status"])

    def order_with(self, reward: Reward, amount: int) -> bool:
        """An order that was shown the discount is placed; False if another one has the reward."""
        placed = order("80.00", user=reward.owner)
        self.discounts.append(Discount(reward.pk, placed, amount))
        number = placed.number
        was_first = spend.spend(
            reward_id=reward.pk, order_number=number, amount=amount, now=self.now
        )
        if not was_first:
            book_loss(reward=reward, order_number=number, amount=amount, now=self.now)
        settle(reward.referral_id, now=self.now)
        return was_first

    def undo_discount(self, number: int, status: str) -> None:
        """An order that got a reward is cancelled, or comes back to life."""
        if self.discounts:
            discount = self.discounts[number % len(self.discounts)]
            set_status(discount.placed, status)
            discount.stands = status != "Cancelled"
            settle(Reward.objects.get(pk=discount.reward).referral_id, now=self.now)
