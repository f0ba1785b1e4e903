"""A discount voucher for the advocate: an Oscar voucher of its own on the program's offer."""

from __future__ import annotations

import sys
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from oscar_referrals import conf, signals
from oscar_referrals.money import VOUCHER_UNIT
from oscar_referrals.programs.models import Incentive, IncentiveAmount, Program
from oscar_referrals.programs.offer_sentence import offer_words
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.rewards.kinds.base import (
    Effect,
    NotIssuable,
    Payment,
    RewardKind,
    Use,
    Worth,
)
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.alphabet import new_code
from oscar_referrals.sharing.voucher_rows import advocate_set_name, create_voucher

#: Tries to find a code that no voucher has; one in ten million million is taken.
TRIES = 5


class VoucherKind(RewardKind):
    """A percentage or a fixed amount off one order of the owner."""

    label = gettext_lazy("Discount voucher")
    payment = Payment.PRE_TAX_DISCOUNT
    effect = Effect.GOODS
    has_voucher = True
    #: Which of the program's offers its vouchers stand on: each effect has one of its own.
    offer_field = "advocate_offer"

    def earn(
        self, *, incentive: Incentive, figures: IncentiveAmount | None, currency: str, basis: int
    ) -> Worth | None:
        """The fixed amount in minor units; of a percentage one piece, until it is spent."""
        if figures is None:
            return None
        if incentive.value_type == Incentive.ValueType.PERCENT:
            return Worth(unit=VOUCHER_UNIT, amount=1, percent=incentive.percent)
        # What it takes off goods without end, by the rule that the till applies.
        return Worth(unit=currency, amount=Value(incentive, figures).discount_on(sys.maxsize))

    def redeem(self, *, worth: Worth, spent: int) -> Use:
        """Used in one order; what a fixed voucher found nothing to reduce with lapses."""
        if worth.unit == VOUCHER_UNIT:
            return Use(used=worth.amount, money=spent)
        return Use(used=spent)

    def issue(self, *, reward: Reward) -> None:
        """Mint the voucher, or mend it where staff or a deletion in Oscar took it away."""
        voucher = None
        if reward.voucher_code:
            known = get_model("voucher", "Voucher").objects.filter(code=reward.voucher_code)
            voucher = known.first()
        if voucher is None:
            voucher = self._mint(reward)
        else:
            voucher.offers.add(self._offer_of(reward.program))
        reward.voucher = voucher
        reward.voucher_code = voucher.code

    def reverse(self, *, reward: Reward) -> None:
        """Nothing: the till asks the reward's state. Ending the voucher would not last in Oscar."""

    def expire(self, *, reward: Reward) -> None:
        """Nothing, for the same reason."""

    def describe(self, *, incentive: Incentive, figures: IncentiveAmount | None) -> str:
        """As the version's own sentence: "a voucher for RM 20 off an order of RM 80 or more"."""
        return "" if figures is None else offer_words(incentive, figures)

    def _offer_of(self, program: Program) -> Any:
        """The offer that vouchers of advocates stand on, made anew if staff deleted it."""
        if getattr(program, self.offer_field) is None:
            signals.offers_missing.send(sender=Program, program=program)
            program.refresh_from_db(fields=[self.offer_field])
        offer = getattr(program, self.offer_field)
        if offer is None:
            raise NotIssuable(f"The program {program.slug} has no offer for rewards in Oscar.")
        return offer

    def _mint(self, reward: Reward) -> Any:
        """A new voucher; under the code it had before, if it had one."""
        for _try in range(TRIES):
            code = reward.voucher_code or new_code(conf.get().BLOCKED_WORDS)
            try:
                with transaction.atomic():
                    return create_voucher(
                        code=code,
                        offer=self._offer_of(reward.program),
                        set_name=advocate_set_name(reward.program),
                    )
            except IntegrityError:
                continue
        raise NotIssuable("No free voucher code was found.")
