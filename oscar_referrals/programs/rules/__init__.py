"""The rules of a version. Each is a small class that both decides and explains itself."""

from __future__ import annotations

from collections.abc import Iterable

from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules.base import Refusal, Rule, TillFacts
from oscar_referrals.programs.rules.budget import Budget
from oscar_referrals.programs.rules.claim_window import ClaimWindow
from oscar_referrals.programs.rules.currency import OfferedCurrency
from oscar_referrals.programs.rules.earning import OncePerFriend
from oscar_referrals.programs.rules.minimum import MinimumSpend
from oscar_referrals.programs.rules.new_customers import NewCustomers
from oscar_referrals.programs.rules.own_code import NotOwnCode
from oscar_referrals.programs.rules.products import Products
from oscar_referrals.programs.rules.usable_code import UsableCode
from oscar_referrals.programs.rules.window import ProgramWindow


def friend_rules(
    version: ProgramVersion, incentive: Incentive | None, figures: IncentiveAmount | None
) -> tuple[Rule, ...]:
    """What a friend's claim must satisfy, in the order in which they refuse.

    ``figures`` are those of the basket's currency, None where there are none or no basket yet.
    Without an ``incentive`` only the rules that need no goods are asked.
    """
    rules: tuple[Rule, ...] = (
        ProgramWindow(version),
        UsableCode(),
        NotOwnCode(),
        ClaimWindow(version),
        NewCustomers(version),
        OncePerFriend(version),
        Budget(version),
    )
    return rules if incentive is None else rules + goods_rules(incentive, figures)


def advocate_rules(
    version: ProgramVersion, incentive: Incentive, figures: IncentiveAmount | None
) -> tuple[Rule, ...]:
    """What a basket must satisfy for an advocate's voucher.

    The program's status is none of its business: what was earned stays, even when it is stopped.
    """
    return goods_rules(incentive, figures)


def goods_rules(incentive: Incentive, figures: IncentiveAmount | None) -> tuple[Rule, ...]:
    """The rules about currency, products and minimum spend, for either side."""
    return (
        OfferedCurrency(incentive, figures),
        Products(incentive),
        MinimumSpend(incentive, figures),
    )


def first_refusal(rules: Iterable[Rule], facts: TillFacts) -> Refusal | None:
    """The first rule's answer that is not content; None if all are."""
    for rule in rules:
        refusal = rule.check(facts)
        if refusal is not None:
            return refusal
    return None
