"""The plain-language description of a version, made from the rules that checkout executes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from django.db.models import prefetch_related_objects

from oscar_referrals.programs.figures import by_currency
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.rules import friend_rules, goods_rules
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.choosing import Choosing
from oscar_referrals.programs.rules.combination import Combination
from oscar_referrals.programs.rules.delivery import Delivery, is_delivery
from oscar_referrals.programs.rules.earning import (
    Hold,
    Joined,
    KeptPromise,
    OncePerFriend,
)
from oscar_referrals.programs.rules.goods_only import GoodsOnly, Remainder
from oscar_referrals.programs.rules.joining import MayJoin
from oscar_referrals.programs.rules.kept_order import KeptOrder
from oscar_referrals.programs.rules.limits import Caps
from oscar_referrals.programs.rules.precedence import Precedence
from oscar_referrals.programs.rules.promise import Promise, Threshold, Tiers, is_plain
from oscar_referrals.programs.rules.spoken import has_kind
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.programs.rules.voucher import CreditUse, OwnCurrency, OwnerOnly, Validity

#: The order in which clauses are read. Keys per currency stand where the key without it stands.
ORDER = (
    "friend-value",
    "friend-products",
    "friend-minimum",
    "friend-maximum",
    "friend-remainder",
    "friend-currencies",
    "new-customers",
    "own-code",
    "friend-combination",
    "friend-reward",
    "friend-delivery-products",
    "friend-delivery-minimum",
    "friend-delivery-currencies",
    "friend-delivery-combination",
    "friend-threshold",
    "friend-tier",
    "friend-validity",
    "limit-friend",
    "advocate-value",
    "advocate-threshold",
    "advocate-tier",
    "advocate-reward",
    "limit-advocate",
    "hold",
    "refund",
    "partial-refund",
    "below-minimum",
    "clawback",
    "joined",
    "advocate-validity",
    "advocate-owner",
    "advocate-currency",
    "advocate-products",
    "advocate-minimum",
    "advocate-maximum",
    "advocate-remainder",
    "advocate-currencies",
    "advocate-combination",
    "advocate-delivery-products",
    "advocate-delivery-minimum",
    "advocate-delivery-currencies",
    "advocate-delivery-combination",
    "credit-use",
    "goods-only",
    "claim-window",
    "once",
    "precedence",
    "link-window",
    "limit-excess",
    "budget",
    "dates",
    "may-join",
    "wind-down",
    "stop",
    "changes",
)


class Statement(Protocol):
    """Whatever has sentences: each rule, and what is executed elsewhere than at the till."""

    def clauses(self) -> list[Clause]:
        """The sentences in the active language."""


def describe(version: ProgramVersion) -> list[Clause]:
    """All that a version promises and asks, in the order of reading and the active language.

    Works for a draft that is still incomplete: what is not decided yet is not spoken of.
    """
    prefetch_related_objects([version], "incentives__amounts", "incentives__tiers", "limits")
    clauses = {clause.key: clause for rule in statements(version) for clause in rule.clauses()}
    return sorted(clauses.values(), key=_position)


def statements(version: ProgramVersion) -> Iterator[Statement]:
    """Every rule of the version; those of an incentive once per currency."""
    yield from friend_rules(version, None, None)
    plain = [_plain(version, side) for side in Incentive.Side.values]
    for incentive in plain:
        if incentive is None:
            continue
        for figures in by_currency(incentive):
            yield from goods_rules(incentive, figures)
            yield Value(incentive, figures)
            yield Threshold(incentive, figures)
        yield Remainder(incentive)
        yield Combination(incentive)
        yield Tiers(incentive, key=f"{incentive.side}-tier")
        if incentive.side == Incentive.Side.ADVOCATE:
            yield from (Validity(incentive), OwnerOnly(), OwnCurrency(incentive))
    yield from _other_rewards(version, [incentive for incentive in plain if incentive])
    yield from (Hold(version), KeptOrder(version), Joined(), OncePerFriend(version), KeptPromise())
    yield from (GoodsOnly(version), MayJoin(version), Caps(version), Precedence(version))


def _plain(version: ProgramVersion, side: str) -> Incentive | None:
    """The side's voucher for the first order, unless it is one of several to choose from."""
    for incentive in version.incentives.all():
        if incentive.side == side and is_plain(incentive) and not incentive.choice:
            return incentive
    return None


def _other_rewards(version: ProgramVersion, plain: list[Incentive]) -> Iterator[Statement]:
    """What is promised besides the two vouchers that most programs are made of."""
    groups: dict[tuple[str, ...], list[Incentive]] = {}
    for incentive in version.incentives.all():
        if incentive not in plain:
            alone = "" if incentive.choice else str(incentive.pk)
            same = (incentive.side, incentive.trigger, str(incentive.number), incentive.choice)
            groups.setdefault((*same, alone), []).append(incentive)
    for number, alternatives in enumerate(groups.values(), start=1):
        key = f"{alternatives[0].side}-reward-{number:02}"
        currencies = list(
            dict.fromkeys(
                row.currency for incentive in alternatives for row in by_currency(incentive)
            )
        )
        for currency in currencies:
            yield Promise(alternatives, currency, several=len(currencies) > 1, key=key)
        if len(alternatives) > 1:
            yield Choosing(alternatives, key=key)
            yield from _of_chosen_vouchers(alternatives)
            continue
        for position, incentive in enumerate(alternatives):
            own = f"{key}-{position}" if position else key
            yield Tiers(incentive, key=f"{own}-tier")
            if not incentive.at_till:
                yield Validity(incentive, key=own)
    yield from _deliveries(version)
    if has_kind(version, Incentive.Kind.CREDIT):
        yield CreditUse()
    if not any(incentive.side == Incentive.Side.ADVOCATE for incentive in plain) and (
        _earns_voucher(version)
    ):
        yield OwnerOnly()


def _of_chosen_vouchers(alternatives: list[Incentive]) -> Iterator[Statement]:
    """What holds for every discount voucher, where no clause of a voucher alone says it."""
    for incentive in alternatives:
        if incentive.kind == Incentive.Kind.VOUCHER:
            yield from (Remainder(incentive), Combination(incentive), OwnCurrency(incentive))


def _deliveries(version: ProgramVersion) -> Iterator[Statement]:
    """What free delivery asks; that it is given, and for what, is said with the other rewards."""
    for side in Incentive.Side.values:
        of_side = [item for item in version.incentives.all() if item.side == side]
        for number, incentive in enumerate(filter(is_delivery, of_side), start=1):
            yield Delivery(incentive, by_currency(incentive), number=number)


def _earns_voucher(version: ProgramVersion) -> bool:
    return any(
        incentive.kind in (Incentive.Kind.VOUCHER, Incentive.Kind.FREE_SHIPPING)
        and not incentive.at_till
        for incentive in version.incentives.all()
    )


def _position(clause: Clause) -> tuple[int, str]:
    for position, key in enumerate(ORDER):
        if clause.key == key or clause.key.startswith(f"{key}-"):
            return position, ""
    return len(ORDER), clause.key
