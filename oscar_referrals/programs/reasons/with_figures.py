"""Sentences for shoppers that say how much, when or which, where that is known."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from oscar_referrals.money import currency_name, format_day, format_money, format_percentage


def below_minimum(params: dict[str, Any]) -> str:
    """``missing`` and ``value`` in minor units of ``currency``, or ``percent`` for ``value``."""
    if "missing" not in params:
        return ""
    missing = format_money(params["missing"], params["currency"])
    value = _value(params)
    if value:
        return gettext("Add %(missing)s more to get %(value)s off.") % {
            "missing": missing,
            "value": value,
        }
    return gettext("Add %(missing)s more to use this discount.") % {"missing": missing}


def _value(params: dict[str, Any]) -> str:
    value = params.get("value")
    if params.get("percent") is not None:
        return format_percentage(Decimal(str(params["percent"])))
    return format_money(value, params["currency"]) if isinstance(value, int) else str(value or "")


def no_eligible_products(params: dict[str, Any]) -> str:
    """``range``: the name of the products that count."""
    if not params.get("range"):
        return ""
    return gettext("The discount applies to these products only: %(range)s.") % {
        "range": params["range"]
    }


def currency_not_offered(params: dict[str, Any]) -> str:
    """``currency``: that of the basket."""
    if not params.get("currency"):
        return ""
    return gettext("The discount isn't available for orders in %(currency)s.") % {
        "currency": currency_name(params["currency"])
    }


def not_started(params: dict[str, Any]) -> str:
    """``starts_at``: when the program starts."""
    starts_at = params.get("starts_at")
    if not isinstance(starts_at, datetime):
        return ""
    return gettext("This offer starts on %(day)s.") % {"day": format_day(starts_at)}


def better_offer(params: dict[str, Any]) -> str:
    """``rival``: the other offer's name; ``delivery``: it is about the delivery charge."""
    if not params.get("rival"):
        return ""
    if params.get("delivery"):
        return gettext(
            "“%(rival)s” takes at least as much off the delivery charge, so it applies instead of "
            "this discount."
        ) % {"rival": params["rival"]}
    return gettext("“%(rival)s” saves you more, so it applies instead of this discount.") % {
        "rival": params["rival"]
    }


def already_referred(params: dict[str, Any]) -> str:
    """``registered``: through another friend, and not ordered yet."""
    if not params.get("registered"):
        return ""
    return gettext("You have registered through another friend, so only that friend's code counts.")


def outranked(params: dict[str, Any]) -> str:
    """``stays``: the other friend's code stays in the shopper's hands."""
    if not params.get("stays"):
        return ""
    return gettext(
        "You have a friend's invitation that counts more than this one, so that one stays. If you "
        "want to use this code all the same, take the other one out of your basket first."
    )


def older_counts(params: dict[str, Any]) -> str:
    """``stays``: the other friend's code stays in the shopper's hands."""
    if not params.get("stays"):
        return ""
    return gettext(
        "The first friend's invitation counts here, so the one that you have stays. If you want to "
        "use this code all the same, take the other one out of your basket first."
    )


def too_many_tries(params: dict[str, Any]) -> str:
    """``minutes``: how long to wait."""
    minutes = int(params.get("minutes") or 1)
    return ngettext(
        "Too many codes were tried. Please wait %(minutes)d minute and try again.",
        "Too many codes were tried. Please wait %(minutes)d minutes and try again.",
        minutes,
    ) % {"minutes": minutes}
