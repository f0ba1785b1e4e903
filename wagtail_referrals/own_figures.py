"""Figures in an editor's own words, shown in the preview: each is one more to keep up by hand."""

from __future__ import annotations

import re

from babel.numbers import get_currency_symbol
from bs4 import BeautifulSoup

from oscar_referrals import conf
from oscar_referrals.money import babel_locale

NUMBER = r"\d+(?:[.,\u00a0\u202f]\d+)*"
PER_HUNDRED = r"%|per\s?cent\b|persen\b|peratus\b"


def with_figures_marked(html: str, language: str) -> str:
    """The document with a mark around each amount and percentage in the shop's own words.

    Also those that agree with the version: when the rules change they stay behind.
    """
    soup = BeautifulSoup(html, "html.parser")
    figure = _pattern(language)
    for own in soup.select(".terms-own"):
        for text in own.find_all(string=figure):
            end = 0
            for match in figure.finditer(text):
                text.insert_before(text[end : match.start()])
                mark = soup.new_tag("mark", attrs={"data-wr-figure": ""})
                mark.string = match[0]
                text.insert_before(mark)
                end = match.end()
            text.replace_with(text[end:])
    return str(soup)


def _pattern(language: str) -> re.Pattern[str]:
    signs = {
        sign.strip()
        for currency in conf.get().currencies
        for sign in (
            currency,
            get_currency_symbol(currency, locale=babel_locale(language)),
            conf.get().CURRENCY_SYMBOLS.get(currency, ""),
        )
    } - {""}
    money = "|".join(re.escape(sign) for sign in sorted(signs))
    return re.compile(
        rf"(?<!\w)(?:{money})\s*{NUMBER}|{NUMBER}\s*(?:{PER_HUNDRED}|(?:{money})(?!\w))", re.I
    )
