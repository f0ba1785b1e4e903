"""The plain-language description of a version, made from the rules that checkout executes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import format_money, format_percentage
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules import friend_rules, goods_rules
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.combination import Combination
from oscar_referrals.programs.rules.earning import (
    Hold,
    Joined,
    KeptOrder,
    KeptPromise,
    OncePerFriend,
)
from oscar_referrals.programs.rules.goods_only import GoodsOnly, Remainder
from oscar_referrals.programs.rules.joining import MayJoin
from oscar_referrals.programs.rules.products import limited_range
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.programs.rules.voucher import OwnCurrency, OwnerOnly, Validity

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
    "advocate-value",
    "hold",
    "refund",
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
    "goods-only",
    "claim-window",
    "once",
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
    clauses = {clause.key: clause for rule in statements(version) for clause in rule.clauses()}
    return sorted(clauses.values(), key=_position)


def statements(version: ProgramVersion) -> Iterator[Statement]:
    """Every rule of the version; those of an incentive once per currency."""
    friend, advocate = _incentives(version)
    yield from friend_rules(version, None, None)
    for incentive in (friend, advocate):
        if incentive is None:
            continue
        for figures in _by_currency(incentive):
            yield from goods_rules(incentive, figures)
            yield Value(incentive, figures)
        yield Remainder(incentive)
        yield Combination(incentive)
    if advocate is not None:
        yield from (Validity(advocate), OwnerOnly(), OwnCurrency(advocate))
    yield from (Hold(version), KeptOrder(), Joined(), OncePerFriend(), KeptPromise())
    yield from (GoodsOnly(), MayJoin(version))


def figures_for(
    version: ProgramVersion, side: str, currency: str | None = None
) -> IncentiveAmount | None:
    """The side's figures in a currency (default: the first that the shop lists); None if none."""
    incentive = incentive_of(version, side)
    if incentive is None:
        return None
    for figures in _by_currency(incentive):
        if currency in (None, figures.currency):
            return figures
    return None


def incentive_of(version: ProgramVersion, side: str) -> Incentive | None:
    """The side's incentive, from what is loaded with the version."""
    for incentive in version.incentives.all():
        if incentive.side == side:
            return incentive
    return None


def offer_sentence(
    version: ProgramVersion, side: str, currency: str | None = None, *, reader: str | None = None
) -> str:
    """The offer in a few words ("RM 20 off your first order of RM 80 or more"), to the reader.

    ``reader`` is the side that reads it (default: the side that gets it): an advocate reads "off
    their first order". Empty when the side has nothing in the currency (default: the first
    currency that it has).
    """
    figures = figures_for(version, side, currency)
    incentive = incentive_of(version, side)
    if figures is None or incentive is None:
        return ""
    value = _value_text(incentive, figures)
    if not value:
        return ""
    limited = bool(limited_range(incentive))
    phrase = _offer_phrase(
        incentive, limited=limited, minimum=bool(figures.minimum), reader=reader or side
    )
    return phrase % {
        "value": value,
        "minimum": format_money(figures.minimum, figures.currency),
    }


def _value_text(incentive: Incentive, figures: IncentiveAmount) -> str:
    if incentive.value_type == Incentive.ValueType.FIXED:
        value = min(
            amount for amount in (figures.value or 0, figures.maximum) if amount is not None
        )
        return format_money(value, figures.currency) if value else ""
    if incentive.percent is None:
        return ""
    percent = format_percentage(incentive.percent)
    if figures.maximum is None:
        return percent
    return _("%(percent)s (%(maximum)s at most)") % {
        "percent": percent,
        "maximum": format_money(figures.maximum, figures.currency),
    }


def _offer_phrase(incentive: Incentive, *, limited: bool, minimum: bool, reader: str) -> str:
    if incentive.side == Incentive.Side.ADVOCATE:
        return _advocate_phrase(limited, minimum)
    if not incentive.version.new_customers_only:
        return _returning_friend_phrase(limited, minimum)
    if reader != Incentive.Side.FRIEND:
        return _new_friend_phrase_for_others(limited, minimum)
    if limited and minimum:
        return _(
            "%(value)s off selected products in your first order, if they come to %(minimum)s or "
            "more"
        )
    if limited:
        return _("%(value)s off selected products in your first order")
    if minimum:
        return _("%(value)s off your first order of %(minimum)s or more")
    return _("%(value)s off your first order")


def _new_friend_phrase_for_others(limited: bool, minimum: bool) -> str:
    if limited and minimum:
        return _(
            "%(value)s off selected products in their first order, if they come to %(minimum)s or "
            "more"
        )
    if limited:
        return _("%(value)s off selected products in their first order")
    if minimum:
        return _("%(value)s off their first order of %(minimum)s or more")
    return _("%(value)s off their first order")


def _returning_friend_phrase(limited: bool, minimum: bool) -> str:
    if limited and minimum:
        return _(
            "%(value)s off selected products in one order, if they come to %(minimum)s or more"
        )
    if limited:
        return _("%(value)s off selected products in one order")
    if minimum:
        return _("%(value)s off one order of %(minimum)s or more")
    return _("%(value)s off one order")


def _advocate_phrase(limited: bool, minimum: bool) -> str:
    if limited and minimum:
        return _(
            "a voucher for %(value)s off selected products, if they come to %(minimum)s or more"
        )
    if limited:
        return _("a voucher for %(value)s off selected products")
    if minimum:
        return _("a voucher for %(value)s off an order of %(minimum)s or more")
    return _("a voucher for %(value)s off an order")


def _incentives(version: ProgramVersion) -> tuple[Incentive | None, Incentive | None]:
    return (
        incentive_of(version, Incentive.Side.FRIEND),
        incentive_of(version, Incentive.Side.ADVOCATE),
    )


def _by_currency(incentive: Incentive) -> list[IncentiveAmount]:
    order = {currency: position for position, currency in enumerate(conf.get().currencies)}
    return sorted(
        incentive.amounts.all(),
        key=lambda figures: (order.get(figures.currency, len(order)), figures.currency),
    )


def _position(clause: Clause) -> tuple[int, str]:
    for position, key in enumerate(ORDER):
        if clause.key == key or clause.key.startswith(f"{key}-"):
            return position, ""
    return len(ORDER), clause.key
