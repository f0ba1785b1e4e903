"""The plain-language description of a version, made from the rules that checkout executes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import format_money, format_percentage
from oscar_referrals.programs.choices import groups_of
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules import friend_rules, goods_rules
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.choosing import Choosing, as_options
from oscar_referrals.programs.rules.combination import Combination
from oscar_referrals.programs.rules.delivery import Delivery, delivery_words
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
from oscar_referrals.programs.rules.products import limited_range
from oscar_referrals.programs.rules.promise import Promise, Threshold, Tiers, is_plain, worth
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
        for figures in _by_currency(incentive):
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
                row.currency for incentive in alternatives for row in _by_currency(incentive)
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
        for number, incentive in enumerate(filter(_is_delivery, of_side), start=1):
            yield Delivery(incentive, _by_currency(incentive), number=number)


def _is_delivery(incentive: Incentive) -> bool:
    return incentive.kind == Incentive.Kind.FREE_SHIPPING


def _earns_voucher(version: ProgramVersion) -> bool:
    return any(
        incentive.kind in (Incentive.Kind.VOUCHER, Incentive.Kind.FREE_SHIPPING)
        and not incentive.at_till
        for incentive in version.incentives.all()
    )


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
    """The side's main incentive, from what is loaded: the discount at the till, or the first."""
    own = [incentive for incentive in version.incentives.all() if incentive.side == side]
    for incentive in own:
        if incentive.at_till and incentive.kind == Incentive.Kind.VOUCHER:
            return incentive
    return own[0] if own else None


def offer_sentence(
    version: ProgramVersion, side: str, currency: str | None = None, *, reader: str | None = None
) -> str:
    """The offer in a few words ("RM 20 off your first order of RM 80 or more"), to the reader.

    ``reader`` is the side that reads it (default: the side that gets it): an advocate reads "off
    their first order". Empty when the side has nothing in the currency (default: the first
    currency that it has).
    """
    chosen = _alternatives_in(version, side, currency)
    if len(chosen) > 1:
        options = as_options([offer_words(row.incentive, row, reader=reader) for row in chosen])
        text = (
            _("%(options)s, as you choose")
            if reader in (None, side)
            else _("%(options)s, as they choose")
        )
        return text % {"options": options}
    figures = chosen[0] if chosen else figures_for(version, side, currency)
    if figures is None:
        return ""
    main = offer_words(figures.incentive, figures, reader=reader)
    for incentive in version.incentives.all():
        if incentive.side != side or incentive == figures.incentive:
            continue
        if _is_delivery(incentive) and _is_for_first_order(incentive):
            for beside in _by_currency(incentive):
                if main and beside.currency == figures.currency:
                    delivery = delivery_words(incentive, beside, reader=reader)
                    return _("%(goods)s, and %(delivery)s") % {"goods": main, "delivery": delivery}
    return main


def _alternatives_in(
    version: ProgramVersion, side: str, currency: str | None
) -> list[IncentiveAmount]:
    """The figures of what the side chooses from in its main incentive's place; empty if nothing."""
    main = incentive_of(version, side)
    if main is None or not main.choice:
        return []
    alternatives = next(group for group in groups_of(version) if main in group)
    rows = [row for incentive in alternatives for row in _by_currency(incentive)]
    wanted = currency or next((row.currency for row in rows), None)
    return [row for row in rows if row.currency == wanted]


def _is_for_first_order(incentive: Incentive) -> bool:
    return incentive.trigger == Incentive.Trigger.FIRST_ORDER and not incentive.choice


def offer_words(
    incentive: Incentive, figures: IncentiveAmount, *, reader: str | None = None
) -> str:
    """One incentive in a few words; empty while it has no value yet."""
    if _is_delivery(incentive) and _is_for_first_order(incentive):
        return delivery_words(incentive, figures, reader=reader)
    if incentive.kind != Incentive.Kind.VOUCHER:
        return worth(incentive, figures)
    value = _value_text(incentive, figures)
    if not value:
        return ""
    limited = bool(limited_range(incentive))
    phrase = _offer_phrase(
        incentive, limited=limited, minimum=bool(figures.minimum), reader=reader or incentive.side
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
