"""Numbers in a sentence, in digits and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from oscar_referrals.programs.statements.vocabulary import Vocabulary

#: Digits with the signs that group or divide them; a full stop ends a sentence, not a number.
DIGITS = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\u00a0\d{3})+(?:[.,]\d+)?|\d+(?:[.,']\d+)*(?:\.\d+)?|\.\d+)(?!\d)"
)
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Number:
    """A number, where it stands, and the ways in which its digits can be read."""

    start: int
    end: int
    #: As a number of the locale.
    value: Decimal
    #: As money, which never has three decimals: there "50.000" is fifty thousand everywhere.
    as_money: Decimal
    in_words: bool = False
    is_ordinal: bool = False


def numbers_in(plain: str, vocabulary: Vocabulary) -> list[Number]:
    """All numbers of a sentence from left to right, none within another."""
    found = [*_in_digits(plain, vocabulary), *_in_words(plain, vocabulary)]
    taken: list[Number] = []
    for number in sorted(found, key=lambda number: (number.start, -number.end)):
        if not taken or number.start >= taken[-1].end:
            taken.append(number)
    return taken


def _in_digits(plain: str, vocabulary: Vocabulary) -> list[Number]:
    found = []
    for match in DIGITS.finditer(plain):
        value = read(match[0], decimal=vocabulary.decimal, three_are_thousand=False)
        money = read(match[0], decimal=vocabulary.decimal, three_are_thousand=True)
        if value is None or money is None:
            continue
        end, factor = match.end(), Decimal(1)
        if times := _multiplier(vocabulary).match(plain, end):
            end, factor = times.end(), Decimal(vocabulary.multipliers[times[1].lower()])
        ordinal = _ordinal_ending(vocabulary).match(plain, end)
        before = _ordinal_opening(vocabulary).search(
            plain, max(0, match.start() - 4), match.start()
        )
        found.append(
            Number(
                before.start() if before else match.start(),
                ordinal.end() if ordinal else end,
                value * factor,
                (value if factor > 1 else money) * factor,
                is_ordinal=bool(ordinal or before),
            )
        )
    return found


def read(digits: str, *, decimal: str, three_are_thousand: bool) -> Decimal | None:
    """Written digits as a number, None if they are none (an address, a version, a date).

    The locale's sign decides what "1.000" is, but nobody writes decimals in groups of three twice,
    and one or two digits after a sign are decimals in any language ("20.50").
    """
    plain = digits.replace("\u00a0", "").replace("'", "")
    signs = [char for char in plain if char in ".,"]
    if not signs:
        return Decimal(plain)
    whole, last = re.split(r"[.,](?=[^.,]*$)", plain)
    if len(set(signs)) == 1:
        groups = re.split(r"[.,]", plain)
        grouped = 0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        if grouped and (len(signs) > 1 or three_are_thousand or signs[0] != decimal):
            return Decimal("".join(groups))
        return Decimal(f"{whole or 0}.{last}") if len(signs) == 1 else None
    groups = re.split(r"[.,]", whole)
    if signs[-1] in signs[:-1] or any(len(group) != 3 for group in groups[1:]):
        return None
    return Decimal("".join(groups) + "." + last)


def _in_words(plain: str, vocabulary: Vocabulary) -> list[Number]:
    if not vocabulary.number_words:
        return []
    words = list(WORD.finditer(plain))
    found: list[Number] = []
    position = 0
    while position < len(words):
        number = _longest(plain, words, position, vocabulary)
        if number is None:
            position += 1
        else:
            found.append(number)
            while position < len(words) and words[position].start() < number.end:
                position += 1
    return found


def _longest(
    plain: str, words: list[re.Match[str]], first: int, vocabulary: Vocabulary
) -> Number | None:
    """The number that begins with a word, as long as the words go on being one."""
    total, current, end, last, ordinal = Decimal(0), Decimal(0), 0, None, False
    for position in range(first, len(words)):
        word = words[position]
        text = word[0].lower()
        if position > first and not re.fullmatch(
            r"[\s\u00a0-]+", plain[words[position - 1].end() : word.start()]
        ):
            break
        if text in vocabulary.number_links and last is not None and last in vocabulary.multipliers:
            continue
        if ordinal:
            break
        if text in vocabulary.number_openers and last is None:
            following = words[position + 1][0].lower() if position + 1 < len(words) else ""
            if following not in vocabulary.multipliers:
                break
            current = Decimal(1)
        elif text in vocabulary.halves and last is not None:
            current += Decimal("0.5")
        elif (nth := vocabulary.ordinals.get(text)) is not None:
            if current and not (20 <= current < 100 and current % 10 == 0 and nth < 10):
                break
            current, ordinal = current + nth, True
        elif text in vocabulary.teens and last is not None:
            current += 10
        elif (times := vocabulary.multipliers.get(text)) is not None and times > 1:
            if last is None or (times < 1000 and not current):
                break
            if times >= 1000:
                total, current = total + (current or 1) * times, Decimal(0)
            else:
                unit = current % 10 if current >= 10 and times == 10 else current
                current = current - unit + unit * times
        elif (more := vocabulary.number_words.get(text)) is not None:
            if last is not None and not _goes_on(current, more, last, vocabulary):
                break
            if more >= 1000:
                total, current = total + more, Decimal(0)
            else:
                current += more
        else:
            break
        end, last = word.end(), text
    if last is None:
        return None
    value = total + current
    return Number(words[first].start(), end, value, value, in_words=True, is_ordinal=ordinal)


def _goes_on(current: Decimal, value: int, last: str, vocabulary: Vocabulary) -> bool:
    """Whether a further word adds to a number: "twenty five", but not "five six"."""
    if last in vocabulary.multipliers or vocabulary.number_words.get(last, 0) >= 100:
        return True
    return current >= 20 and current % 10 == 0 and value < 10


@lru_cache
def _multiplier(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary.digit_multipliers)
    return re.compile(rf"[\s\u00a0]*({words})(?![^\W\d_])" if words else r"(?!)", re.I)


@lru_cache
def _ordinal_ending(vocabulary: Vocabulary) -> re.Pattern[str]:
    endings = vocabulary.ordinal_ending
    return re.compile(rf"(?:{endings})(?!\w)" if endings else r"(?!)", re.I)


@lru_cache
def _ordinal_opening(vocabulary: Vocabulary) -> re.Pattern[str]:
    opening = vocabulary.ordinal_opening
    return re.compile(rf"(?<!\w)(?:{opening})$" if opening else r"(?!)", re.I)
