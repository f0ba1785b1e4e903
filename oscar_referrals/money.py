"""Amounts of money as integers in minor units, and how people read them.

Databases that store decimals as floats cannot be trusted with sums, so everything we store is an
integer: 2000 with currency MYR is RM 20.00, 2000 with JPY is ¥2,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time, get_datetime_format
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
    get_currency_precision,
    get_currency_symbol,
)
from django.utils import timezone
from django.utils.translation import get_language, to_locale

from oscar_referrals import conf

#: A unit of the books that is no money: a percentage voucher has no amount until it is used.
#: Kinds of a shop's own may count in others.
VOUCHER_UNIT = "vouchers"


def is_money(unit: str) -> bool:
    """A unit of the books is a currency: three capital letters, as in ISO 4217. Else: pieces."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217, through CLDR)."""
    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> int:
    """``amount`` in major units as minor units; half-even when it has more decimals."""
    scaled = amount.scaleb(exponent(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def to_major(minor: int, currency: str) -> Decimal:
    """Minor units as a Decimal in major units, with exactly the currency's decimals."""
    return Decimal(minor).scaleb(-exponent(currency))


def in_units(amount: int, unit: str) -> Decimal:
    """An amount of the books as an accountant writes it: money in major units, pieces as such."""
    return to_major(amount, unit) if is_money(unit) else Decimal(amount)


def percentage(minor: int, percent: Decimal) -> int:
    """``percent`` of an amount in minor units, half-even (S11: 10 % of 199.95 is 20.00)."""
    return int((Decimal(minor) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def proportion(amount: int, part: int, whole: int) -> int:
    """``amount`` times ``part`` by ``whole``, in integers, half-even; ``whole`` is positive."""
    quotient, rest = divmod(amount * part, whole)
    twice = 2 * rest
    if twice > whole or (twice == whole and quotient % 2):
        return quotient + 1
    return quotient


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` minor units over ``weights`` by largest remainder.

    The shares sum exactly to ``total``; no share exceeds its weight when ``total`` does not exceed
    the sum of the weights. Equal remainders go to the earlier position, so the result is stable.
    """
    whole = sum(weights)
    if whole <= 0 or total <= 0:
        return [0] * len(weights)
    exact = [divmod(total * weight, whole) for weight in weights]
    shares = [quotient for quotient, _rest in exact]
    by_rest = sorted(range(len(weights)), key=lambda i: (-exact[i][1], i))
    for position in by_rest[: total - sum(shares)]:
        shares[position] += 1
    return shares


def babel_locale(language: str | None = None) -> Locale:
    """The Babel locale of a Django language code (default: the active one)."""
    code = to_locale(language or get_language() or "en-gb")
    for candidate in (code, code.split("_")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


def format_money(minor: int, currency: str, language: str | None = None) -> str:
    """``minor`` units in words of the locale; whole amounts without decimals (RM 20, RM 20.50)."""
    major = to_major(minor, currency)
    locale = babel_locale(language)
    pattern = locale.currency_formats["standard"].pattern
    symbol = currency_symbol(currency, language)
    # CLDR sets a space between letters and digits (RM 20, but £20); Babel leaves that to us.
    space = "\xa0" if symbol[-1:].isalpha() and "\xa4#" in pattern else ""
    pattern = pattern.replace("\xa4", f"'{symbol}'{space}")
    whole = major == major.to_integral_value()
    if whole:
        pattern = pattern.replace(".00", "")
    return format_currency(
        major, currency, format=pattern, locale=locale, currency_digits=not whole
    )


def currency_symbol(currency: str, language: str | None = None) -> str:
    """What stands beside an amount: the shop's own sign, else the locale's (RM, £, MYR)."""
    own = conf.get().CURRENCY_SYMBOLS.get(currency)
    return own or str(get_currency_symbol(currency, babel_locale(language)))


def currency_name(currency: str, language: str | None = None) -> str:
    """The currency in words, as in "orders in Malaysian ringgits"."""
    return get_currency_name(currency, count=2, locale=babel_locale(language))


def format_number(value: int | Decimal, language: str | None = None) -> str:
    """A number as the locale writes it."""
    return format_decimal(value, locale=babel_locale(language))


def format_percentage(percent: Decimal, language: str | None = None) -> str:
    """``Decimal("15")`` as "15%" in the way of the locale; as many decimals as it has."""
    normal = percent.normalize()
    decimals = max(0, -int(normal.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
    return format_percent(normal / 100, format=pattern, locale=babel_locale(language))


def format_day(moment: datetime | date, language: str | None = None) -> str:
    """The day in words of the locale, in the current time zone."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return format_date(day, format="long", locale=babel_locale(language))


def format_moment(moment: datetime, language: str | None = None) -> str:
    """Day and time in words of the locale, in the current time zone."""
    local = timezone.localtime(moment)
    return format_datetime(
        local, format="medium", locale=babel_locale(language), tzinfo=local.tzinfo
    )


def format_deadline(moment: datetime, language: str | None = None) -> str:
    """Day in words and time to the minute, for what ends at a moment and not with a day."""
    local, locale = timezone.localtime(moment), babel_locale(language)
    time = format_time(local, format="short", locale=locale, tzinfo=local.tzinfo)
    day = format_date(local.date(), format="long", locale=locale)
    both = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    return both.replace("{0}", time).replace("{1}", day)
