"""What a kind of reward is: how much is owed, how it is handed out, and what becomes of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.rewards.models import Reward


class NotIssuable(Exception):
    """The reward can't be handed out at the moment; `settle` is repeated until it can."""


class Payment(StrEnum):
    """How a kind lowers what its owner pays. It decides the tax on the order."""

    #: It lowers the price, and the tax with it: an offer of Oscar's.
    PRE_TAX_DISCOUNT = "pre_tax_discount"
    #: It pays a part of the price, and the tax stays: a payment source of Oscar's.
    POST_TAX_TENDER = "post_tax_tender"


class Effect(StrEnum):
    """What a discount takes its amount off."""

    GOODS = "goods"
    SHIPPING = "shipping"
    #: It is no discount.
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What is owed: an integer amount of a unit (minor units of a currency, or pieces).

    A currency is its ISO code, three capital letters; any other word is a name of pieces.
    """

    unit: str
    amount: int
    #: The percentage that was promised, where the rule, or its tier, is one.
    percent: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Use:
    """How much of a reward was used up, in the unit of its worth, and what it cost in money."""

    used: int
    #: For rewards whose worth is no money: the discount given, in minor units of the currency.
    money: int = 0


class RewardKind(ABC):
    """One kind of reward. It knows no referral, order or ledger: `settle` does.

    `earn`, `redeem` and `describe` compute and must not write. `issue`, `reverse` and `expire`
    write to whatever the owner spends (an Oscar voucher, a balance elsewhere); they run inside the
    transaction of `settle` and must be harmless when repeated.
    """

    #: What the kind is called where an operator chooses one.
    label: str | Promise
    payment: Payment
    effect: Effect
    #: It can be spent in parts, over several orders (see `rewards.credit.wallet`).
    divisible: bool = False
    #: Its owner spends it as a voucher of Oscar's.
    has_voucher: bool = False
    #: A percentage is one of the friend's order, and not of the order it is spent with.
    percent_of_order: bool = False
    #: What it counts in, where that is neither money nor vouchers: the unit, and a `ngettext_lazy`
    #: with ``%d`` in it, so that the books say "1 gift wrapping" and "2 gift wrappings".
    pieces: tuple[str, Promise] | None = None

    @abstractmethod
    def earn(
        self, *, incentive: Incentive, figures: IncentiveAmount | None, currency: str, basis: int
    ) -> Worth | None:
        """What is owed for an order in ``currency``; None if nothing is offered in it.

        ``basis`` is what a percentage of the order is taken of, in minor units.
        """

    @abstractmethod
    def redeem(self, *, worth: Worth, spent: int) -> Use:
        """How much of ``worth`` a discount of ``spent`` minor units uses up."""

    @abstractmethod
    def issue(self, *, reward: Reward) -> None:
        """Hand the reward to its owner; sets fields on ``reward``, which the caller saves.

        Raises NotIssuable when it can't be done now.
        """

    @abstractmethod
    def reverse(self, *, reward: Reward) -> None:
        """Take back what was issued and not spent."""

    @abstractmethod
    def expire(self, *, reward: Reward) -> None:
        """Close what was issued and not spent in time."""

    @abstractmethod
    def describe(self, *, incentive: Incentive, figures: IncentiveAmount | None) -> str:
        """What it is worth, in a few words of the active language, as they follow "your".

        Also said in the terms: "the advocate who invited them gets …". ``figures`` is then never
        None.
        """
