"""What may not stand in words that go out in advocates' names: figures, and fields nobody fills."""

from __future__ import annotations

import re
import unicodedata

from babel.numbers import get_currency_symbol
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import babel_locale
from oscar_referrals.programs.contradictions import claims_in
from oscar_referrals.sharing.number_words import figures_in_words
from oscar_referrals.sharing.texts import OFFER, PLACEHOLDERS, URL

BRACED = re.compile(r"\{([^{}]*)\}")
#: Words for a percentage in the languages that come with the system.
PER_HUNDRED = re.compile(r"[%‰٪﹪％]|\b(?:per\s?cent|persen|peratus)\b", re.I)


def figures_in(text: str, language: str) -> list[str]:
    """What in ``text`` states a figure: any digit, fraction, percentage or currency (promise 2).

    Figures come from the rules and from nowhere else; so no digit is let through, whatever it
    counts. Of numbers in words those are refused that state an amount, a percentage or a time, or
    something else of the program ("ten friends a month").
    """
    signs = {
        sign
        for currency in conf.get().currencies
        for sign in (
            currency,
            get_currency_symbol(currency, locale=babel_locale(language)),
            conf.get().CURRENCY_SYMBOLS.get(currency, ""),
        )
        if sign.strip()
    }
    money = re.compile(
        "|".join(rf"(?<!\w){re.escape(sign.strip())}(?!\w)" for sign in sorted(signs))
    )
    found = [
        word.strip(".,;:!?()")
        for word in BRACED.sub(" ", text).split()
        if any(_is_figure(char) for char in word)
    ]
    rest = BRACED.sub(" ", text)
    in_words = figures_in_words(rest, language)
    signs_alone = [*PER_HUNDRED.finditer(rest), *money.finditer(rest)]
    found += in_words
    found += [match[0] for match in signs_alone if not any(match[0] in told for told in in_words)]
    return list(dict.fromkeys(found))


def problems_in(opening: str, language: str) -> list[str]:
    """Why an operator's opening words can't be used, in words; empty if they can."""
    problems = []
    names = BRACED.findall(opening)
    unknown = [name for name in dict.fromkeys(names) if name not in PLACEHOLDERS]
    for name in unknown:
        problems.append(
            _("Nothing fills {%(name)s}. You can write {offer}, {shop} and {url}.") % {"name": name}
        )
    if any(brace in BRACED.sub("", opening) for brace in "{}"):
        problems.append(_("A brace stands alone. You can write {offer}, {shop} and {url}."))
    if URL not in names:
        problems.append(_("Write {url} where the link belongs."))
    figures = figures_in(opening, language)
    if figures:
        problems.append(figure_problem(figures))
        if OFFER not in names:
            problems[-1] += " " + _("Write {offer}: it always says what checkout does.")
    if claims := list(dict.fromkeys(claim.figure for claim in claims_in(opening, language))):
        problems.append(
            _("No message may promise or urge what no program can; take out: %(claims)s.")
            % {"claims": ", ".join(claims)}
        )
    return problems


def figure_problem(figures: list[str]) -> str:
    """That figures don't belong into words typed by hand."""
    return _("Figures come from the program’s rules only; take out: %(figures)s.") % {
        "figures": ", ".join(figures)
    }


def _is_figure(char: str) -> bool:
    return unicodedata.category(char) in ("Nd", "Nl", "No")
