"""Figures in hand-written terms that the version does not have (promise 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from babel.numbers import (
    NumberFormatError,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    parse_decimal,
)

from oscar_referrals import conf
from oscar_referrals.money import babel_locale, to_minor
from oscar_referrals.programs.models import Limit, ProgramVersion

#: Digits with the signs that group or divide them; a full stop ends a sentence, not a number.
NUMBER = r"\d+(?:[.,\u00a0\u202f]\d+)*"


def contradictions(version: ProgramVersion, text: str, language: str) -> list[str]:
    """Percentages and amounts of money in ``text`` that are none of the version's, as written.

    Only the shop's own currencies are known, by symbol and by code; ``language`` decides whether
    1.000 is a thousand. Days are not looked at: a shop may promise to answer within 14 days.
    """
    if not re.search(r"\d", text):
        return []
    percents, amounts = _figures(version)
    found = []
    for match in re.finditer(rf"({NUMBER})\s*%", text):
        if _number(match[1], language) not in percents:
            found.append(match[0])
    for written, number, currency in _money(text, language):
        value = _number(number, language)
        if value is None or to_minor(value, currency) not in amounts.get(currency, set()):
            found.append(written)
    return list(dict.fromkeys(found))


def _figures(version: ProgramVersion) -> tuple[set[Decimal | None], dict[str, set[int]]]:
    percents: set[Decimal | None] = set()
    amounts: dict[str, set[int]] = {}
    for incentive in version.incentives.all():
        if incentive.percent is not None:
            percents.add(incentive.percent.normalize())
        for row in incentive.amounts.all():
            known = amounts.setdefault(row.currency, set())
            figures = (row.value, row.minimum, row.maximum, row.threshold)
            known.update(figure for figure in figures if figure)
        for tier in incentive.tiers.all():
            if tier.percent is not None:
                percents.add(tier.percent.normalize())
            elif tier.value is not None:
                amounts.setdefault(tier.currency, set()).add(tier.value)
    for limit in version.limits.all():
        # The budget stands in no sentence, but a shop may say how much it gives away.
        if limit.measure == Limit.Measure.MONEY:
            amounts.setdefault(limit.currency, set()).add(limit.amount)
    return percents, amounts


def _money(text: str, language: str) -> Iterator[tuple[str, str, str]]:
    for currency in conf.get().currencies:
        signs = "|".join(re.escape(sign) for sign in sorted(_signs(currency, language)))
        pattern = rf"(?<!\w)(?:{signs})\s*({NUMBER})|({NUMBER})\s*(?:{signs})(?!\w)"
        for match in re.finditer(pattern, text):
            yield match[0].strip(), match[1] or match[2], currency


def _signs(currency: str, language: str) -> set[str]:
    # An English page of a Malaysian shop says "RM 20", although only Malay has that sign in CLDR.
    spoken = {language, *conf.get().languages}
    signs = {get_currency_symbol(currency, locale=babel_locale(code)) for code in spoken}
    signs.add(currency)
    own = conf.get().CURRENCY_SYMBOLS.get(currency)
    return signs | ({own.strip()} if own else set())


def _number(written: str, language: str) -> Decimal | None:
    locale = babel_locale(language)
    plain = re.sub(r"[\s\u00a0\u202f]", "", written)
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    # "1.000" and "1,5" are read the locale's way; a lone other sign before one or two digits is
    # taken for decimals, for people write "20.50" in any language.
    if re.fullmatch(rf"\d+{re.escape(group)}\d{{1,2}}", plain):
        plain = plain.replace(group, decimal)
    try:
        return parse_decimal(plain, locale=locale).normalize()
    except (NumberFormatError, InvalidOperation):
        return None
