"""What a language is read by: signs and names from CLDR, words of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from babel.core import Locale
from babel.numbers import get_decimal_symbol

from oscar_referrals.programs.statements.vocabulary.role_words import RoleWords


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a language. All patterns are regular expressions over whole or cut words.

    A language that has none is read by its signs and by CLDR's names alone: amounts, percentages
    and written dates; what a duration or a number is about stays unknown there.
    """

    number_words: Mapping[str, int] = field(default_factory=dict)
    #: Words that stand for "plus ten" behind a digit ("dua belas").
    teens: frozenset[str] = frozenset()
    multipliers: Mapping[str, int] = field(default_factory=dict)
    #: Of these, those that stand behind digits ("50 ribu", "1.5k").
    digit_multipliers: tuple[str, ...] = ()
    number_links: frozenset[str] = frozenset()
    number_openers: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    ordinals: Mapping[str, int] = field(default_factory=dict)
    ordinal_ending: str = ""
    ordinal_opening: str = ""
    #: Names of currencies in everyday speech; the full names come from CLDR.
    currency_names: Mapping[str, str] = field(default_factory=dict)
    #: Behind a unit, half of it more ("two months and a half").
    half_more: str = ""
    #: Hundredths of a currency ("sen").
    hundredths: Mapping[str, str] = field(default_factory=dict)
    percent: str = ""
    #: Wordings that mean fifty per cent.
    half_price: str = ""
    #: Patterns of units, with how many days one has; hours are told apart by their value.
    units: Mapping[str, Decimal] = field(default_factory=dict)
    #: Single periods without a number: "a month", "sebulan".
    single_units: Mapping[str, Decimal] = field(default_factory=dict)
    #: Between a number and its unit: "14 full days".
    unit_fillers: str = ""
    #: Days that are not days of the calendar.
    working: str = ""
    #: What makes a single period a duration and no rate: before it, and after it.
    span_before: str = ""
    span_after: str = ""
    #: What makes a period a rate: "per month".
    rate_before: str = ""
    range_words: str = ""
    month_names: Mapping[str, int] = field(default_factory=dict)
    #: Days without a month name are dates only after these ("until 31/12").
    date_before: str = ""
    day_before_month: str = ""
    #: The thirty-first of December in other words.
    ends_of_year: str = ""
    counted: str = ""
    #: What a number answers, and what makes it a limit behind it: "is the yearly maximum".
    how_many: str = ""
    limit_is: str = ""
    #: Of these, what even a thousand of are no money: who there is and what there was.
    people: str = ""
    counted_ordinally: str = ""
    #: Of a number: "at most", "every", "per month". What makes it a limit or a goal.
    limit_before: str = ""
    #: "After four friends", "the first four": what follows begins with the fifth.
    goal_before: str = ""
    goal_after: str = ""
    limit_after: str = ""
    #: Numbers after these name something and count nothing ("section 4").
    reference_before: str = ""
    time_before: str = ""
    time_after: str = ""
    #: What tells that a part of a sentence is about the program.
    about_program: str = ""
    about_benefit: str = ""
    #: What tells that it is not: for durations, dates and numbers; for money and percentages.
    about_else: str = ""
    #: Else than the program, unless what is given is spoken of beside it ("the voucher arrives").
    about_else_unless_reward: str = ""
    about_reward: str = ""
    about_other_money: str = ""
    about_other_dates: str = ""
    #: Of durations longer than any rule's: what has been so long, and what is to last so long.
    about_past: str = ""
    about_lasting: str = ""
    clause_links: str = ""
    #: In texts about much else: what speaks of the program by itself, who takes part, and what
    #: somebody gets.
    names_program: str = ""
    names_people: str = ""
    says_gain: str = ""
    #: By which a sentence is known to be in this language.
    small_words: str = ""
    #: What tells of money that it is spent or given under a program's conditions.
    about_spending: str = ""
    #: What is sold: its price is no promise, unless friends are spoken of.
    about_goods: str = ""
    #: Things that shops sell: neither, unless vouchers or friends' orders are spoken of.
    about_products: str = ""
    #: What else tells that things for sale are spoken of as those of the program: a link, a code,
    #: a first order.
    about_own: str = ""
    #: Between a number and what it is meant for and doesn't count: "50rb untuk pesanan".
    meant_for: str = ""
    #: Short and everyday forms, and what they stand for.
    spoken: Mapping[str, str] = field(default_factory=dict)
    #: At a figure that is named and not claimed: "not RM 30", "RM 10 last year", "ten days ago".
    denied_before: str = ""
    #: Behind an amount that is less than has to be spent: "RM 79 won't do".
    too_little: str = ""
    #: Before an amount that is itself enough: "below RM 80 won't do".
    below: str = ""
    answers_no: str = ""
    #: In a question: a case that is asked about.
    supposed: str = ""
    elapsed_after: str = ""
    so_far_before: str = ""
    former: str = ""
    former_after: str = ""
    elsewhere: str = ""
    #: After these, what is so now.
    but_now: str = ""
    #: By the name of what is denied ("no_minimum"): words that deny it, and a word that has to
    #: stand beside them.
    denials: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    at_most: str = ""
    #: What tells that a minimum is one for using what was earned.
    own_spending: str = ""
    #: What says what a figure is; without, it may be any figure of the version.
    roles: RoleWords | None = None


@dataclass(frozen=True, eq=False)
class Vocabulary(Words):
    """The words of a language and what CLDR has of its locale."""

    language: str = ""
    locale: Locale = field(default_factory=lambda: Locale("en"))
    decimal: str = "."
    month_first: bool = False
    months: Mapping[str, int] = field(default_factory=dict)


def of_locale(language: str, locale: Locale, words: Words) -> Vocabulary:
    """``words`` joined with the locale's signs and names."""
    months: dict[str, int] = {}
    for source in {locale.language: locale, "en": Locale("en")}.values():
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                for number, name in source.months[form][width].items():
                    months.setdefault(name.rstrip(".").lower(), int(number))
    months.update(words.month_names)
    pattern = locale.date_formats["short"].pattern
    return Vocabulary(
        **vars(words),
        language=language,
        locale=locale,
        decimal=get_decimal_symbol(locale),
        month_first=pattern.lstrip("'")[:1] == "M",
        months=months,
    )
