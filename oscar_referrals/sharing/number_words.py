"""Figures that are written in words: "twenty ringgit", "sepuluh persen", "dua minggu"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscar_referrals import conf
from oscar_referrals.programs.statements.about import is_about_program
from oscar_referrals.programs.statements.facts import Kind, Statement
from oscar_referrals.programs.statements.numerals import Number, numbers_in
from oscar_referrals.programs.statements.plain import Sentence, sentences
from oscar_referrals.programs.statements.read import statements_in
from oscar_referrals.programs.statements.vocabulary import Vocabulary, vocabulary_for

#: Languages that people mix with any other, with the numbers of the ones we speak.
BESIDE = ("en", "ms")
#: What makes a number without a unit an amount: "save twenty", "diskon sebesar sepuluh ribu".
SAVED_BEFORE = re.compile(
    r"(?<!\w)(?:sav(?:e|es|ing)|discount|worth|cashback|credit"
    r"|(?:ber)?jimat|menjimatkan|hemat|diskaun|diskon|potongan|rebat|kredit|bernilai|senilai)"
    r"\s+(?:(?:of|up|to|about|only|just|nearly|sebesar|sebanyak|hingga|sehingga|sampai)\s+){0,2}$",
    re.I,
)
SAVED_AFTER = re.compile(
    r"\s+(?:off|less|cheaper|discount|diskaun|diskon|lebih\s+murah)(?!\w)", re.I
)
#: What makes "a month" a limit, in a sentence that speaks of no discount.
TIME_LIMIT = re.compile(
    r"(?<!\w)(?:within|valid(?:\s+for)?|expires?\s+in|dalam\s+(?:masa|tempoh|waktu|jangka)|sah"
    r"|berlaku)(?:\s+selama)?\s+$",
    re.I,
)
#: "Two weeks ago" is a story.
PAST = re.compile(r"\s+(?:ago|(?:yang\s+)?lalu|lepas)(?!\w)", re.I)


def figures_in_words(text: str, language: str) -> list[str]:
    """What in ``text`` states an amount, a percentage or a time in words, as it is written there.

    A number alone states nothing ("a thousand thanks", "satu cara"); nor does a time or a count in
    a sentence that speaks of something else than the program. Figures in digits are left out.
    """
    found = []
    for sentence in sentences(text):
        for spoken in dict.fromkeys((language, *BESIDE)):
            for start, end in _stated(sentence, vocabulary_for(spoken)):
                found.append(" ".join(sentence.written(start, end).split()))
    return list(dict.fromkeys(found))


def _stated(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    numbers = [item for item in numbers_in(sentence.plain, vocabulary) if item.in_words]
    by_start = {number.start: number for number in numbers}
    taken = []
    for statement in statements_in(sentence.plain, vocabulary, _own_signs()):
        if re.search(r"\d", sentence.plain[statement.start : statement.end]):
            continue
        number = next(
            (by_start[at] for at in range(statement.start, statement.end) if at in by_start), None
        )
        if _counts(statement, number, sentence.plain, vocabulary):
            taken.append((statement.start, statement.end))
    yield from taken
    for number in numbers:
        within = any(start <= number.start < end for start, end in taken)
        if not within and number.value >= 2 and _is_saved(number, sentence.plain):
            yield number.start, number.end


def _counts(
    statement: Statement, number: Number | None, plain: str, vocabulary: Vocabulary
) -> bool:
    if statement.kind == Kind.MONEY:
        # "Not a cent": an idiom.
        return number is not None and not (number.value == 1 and statement.value < 1)
    if statement.kind == Kind.PERCENT:
        return True
    if statement.kind == Kind.DURATION:
        if PAST.match(plain, statement.end):
            return False
        if number is not None and number.value >= 2:
            return True
        if TIME_LIMIT.search(plain, 0, statement.start):
            return True
    return is_about_program(statement, plain, vocabulary)


def _is_saved(number: Number, plain: str) -> bool:
    return bool(SAVED_BEFORE.search(plain, 0, number.start) or SAVED_AFTER.match(plain, number.end))


def _own_signs() -> frozenset[tuple[str, str]]:
    return frozenset(conf.get().CURRENCY_SYMBOLS.items())
