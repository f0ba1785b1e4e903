"""An offer in a few words, as they stand in invitations, on buttons and in messages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.money import format_money, format_percentage
from oscar_referrals.programs.choices import groups_of
from oscar_referrals.programs.figures import by_currency, figures_for, incentive_of
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules.choosing import as_options
from oscar_referrals.programs.rules.delivery import delivery_words, is_delivery
from oscar_referrals.programs.rules.products import limited_range
from oscar_referrals.programs.rules.promise import worth


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
        if is_delivery(incentive) and _is_for_first_order(incentive):
            for beside in by_currency(incentive):
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
    rows = [row for incentive in alternatives for row in by_currency(incentive)]
    wanted = currency or next((row.currency for row in rows), None)
    return [row for row in rows if row.currency == wanted]


def _is_for_first_order(incentive: Incentive) -> bool:
    return incentive.trigger == Incentive.Trigger.FIRST_ORDER and not incentive.choice


def offer_words(
    incentive: Incentive, figures: IncentiveAmount, *, reader: str | None = None
) -> str:
    """One incentive in a few words; empty while it has no value yet."""
    if is_delivery(incentive) and _is_for_first_order(incentive):
        return delivery_words(incentive, figures, reader=reader)
    is_earned = incentive.side == Incentive.Side.FRIEND and not incentive.at_till
    if is_earned or incentive.kind != Incentive.Kind.VOUCHER:
        # What a friend earns is spent with a later order: no first one to take it off.
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
