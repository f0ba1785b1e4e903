"""By which signs and names an amount of money is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import get_currency_name, get_currency_symbol

from oscar_referrals.programs.statements.vocabulary import Vocabulary

#: Currencies that are known beside the program's own: what a shop of the region may promise in.
KNOWN = (
    *("MYR", "IDR", "SGD", "BND", "PHP", "THB", "VND", "USD", "GBP", "EUR", "AUD", "NZD", "CAD"),
    *("HKD", "JPY", "CNY", "KRW", "TWD", "INR", "AED", "SAR", "CHF"),
)
#: Signs of the language of another country, which people write in any language.
EVERYDAY = {"RM": "MYR", "Rp": "IDR", "Rp.": "IDR", "S$": "SGD", "US$": "USD", "A$": "AUD"} | {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "฿": "THB",
    "₱": "PHP",
}
DOLLARS = {"USD", "SGD", "AUD", "NZD", "CAD", "HKD", "BND", "TWD"}


@dataclass(frozen=True)
class Signs:
    """Patterns of the signs before and after an amount, and what each sign stands for."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    meaning: Mapping[str, str]
    names: tuple[tuple[re.Pattern[str], str, int], ...]

    def currency(self, sign: str) -> tuple[str, int]:
        """The currency of a matched sign, and by what an amount beside it is to be divided."""
        plain = sign.lower().rstrip(".")
        if plain in self.meaning:
            return self.meaning[plain], 1
        return next(
            (currency, parts)
            for pattern, currency, parts in self.names
            if pattern.fullmatch(re.sub(r"\s+", " ", plain))
        )


@lru_cache
def signs_for(vocabulary: Vocabulary, own: frozenset[tuple[str, str]]) -> Signs:
    """The signs of a language, and those that the shop itself has chosen (currency, sign)."""
    meaning: dict[str, str] = {}
    names: list[tuple[str, str, int]] = []
    for currency in KNOWN:
        meaning[currency.lower()] = currency
        meaning[get_currency_symbol(currency, vocabulary.locale).lower()] = currency
        for count in (1, 2):
            name = get_currency_name(currency, count, vocabulary.locale)
            names.append((re.escape(name.lower()), currency, 1))
    meaning |= {sign.lower().rstrip("."): currency for sign, currency in EVERYDAY.items()}
    for currency, sign in own:
        meaning[currency.lower()] = currency
        meaning[sign.strip().lower().rstrip(".")] = currency
    names += [(pattern, currency, 1) for pattern, currency in vocabulary.currency_names.items()]
    names += [(pattern, currency, 100) for pattern, currency in vocabulary.hundredths.items()]
    signs = "|".join(re.escape(sign) for sign in sorted(meaning, key=len, reverse=True))
    named = "|".join(pattern for pattern, _, _ in sorted(names, key=lambda row: -len(row[0])))
    return Signs(
        before=re.compile(rf"(?<![\w$])({signs})\.?[\s\u00a0]*$", re.I),
        after=re.compile(rf"[\s\u00a0-]*({named}|{signs})(?![\w])", re.I),
        meaning=meaning,
        names=tuple((re.compile(pattern, re.I), code, parts) for pattern, code, parts in names),
    )
