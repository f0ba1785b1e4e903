"""What is read out of a sentence: forms of figures, and what is no statement at all."""

from __future__ import annotations

from decimal import Decimal
from time import process_time
from typing import Any

import pytest

from oscar_referrals.programs.statements.plain import LONGEST_SENTENCE, sentences
from oscar_referrals.programs.statements.read import statements_in
from oscar_referrals.programs.statements.vocabulary import vocabulary_for


def read(text: str, language: str) -> list[Any]:
    found = []
    for sentence in sentences(text):
        for one in statements_in(sentence.plain, vocabulary_for(language)):
            value: Any = one.value.normalize()
            if one.dates:
                value = tuple((date.day or 0, date.month, date.year or 0) for date in one.dates)
            found.append((one.kind.value, one.currency, value))
    return found


def money(currency: str, value: str) -> tuple[str, str, Decimal]:
    return ("money", currency, Decimal(value).normalize())


def percent(value: str) -> tuple[str, str, Decimal]:
    return ("percent", "", Decimal(value).normalize())


def days(value: str) -> tuple[str, str, Decimal]:
    return ("duration", "", Decimal(value).normalize())


def day(*date: int) -> tuple[str, str, tuple[tuple[int, ...]]]:
    return ("date", "", (date,))


def count(value: int) -> tuple[str, str, Decimal]:
    return ("count", "", Decimal(value).normalize())


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en-gb", "RM30", [money("MYR", "30")]),
        ("en-gb", "RM 30.00, or MYR 30", [money("MYR", "30"), money("MYR", "30")]),
        ("en-gb", "RM\u00a01\u202f500", [money("MYR", "1500")]),
        ("en-gb", "thirty-five ringgit", [money("MYR", "35")]),
        ("en-gb", "two hundred and fifty pounds", [money("GBP", "250")]),
        (
            "en-gb",
            "£1,500.00 and $20 and USD 20.",
            [money("GBP", "1500")] + 2 * [money("USD", "20")],
        ),
        ("en-gb", "50p or 50 sen", [money("GBP", "0.5"), money("MYR", "0.5")]),
        ("en-gb", "RM 10–20", [money("MYR", "10"), money("MYR", "20")]),
        ("en-gb", "between RM 10 and RM 20", [money("MYR", "10"), money("MYR", "20")]),
        ("en-gb", "ＲＭ２０．５０", [money("MYR", "20.5")]),
        ("en-gb", "RМ 2O", [money("MYR", "20")]),
        ("en-gb", "RM 2\u200b0", [money("MYR", "20")]),
        ("en-gb", "RM 20¹", [money("MYR", "20")]),
        ("en-gb", "Rp1.500.000", [money("IDR", "1500000")]),
        ("ms", "RM1,500.50 atau 30 ringgit", [money("MYR", "1500.5"), money("MYR", "30")]),
        ("ms", "dua ratus lima puluh ringgit", [money("MYR", "250")]),
        ("id", "Rp 50.000, Rp50 ribu, Rp50rb", 3 * [money("IDR", "50000")]),
        ("id", "Rp 1,5 juta", [money("IDR", "1500000")]),
        ("id", "seratus dua puluh lima ribu rupiah", [money("IDR", "125000")]),
        ("en-gb", "30 %, 30%, thirty per cent", 3 * [percent("30")]),
        ("en-gb", "10–20 %", [percent("10"), percent("20")]),
        ("en-gb", "12½ % and half price", [percent("12.5"), percent("50")]),
        ("ms", "30 peratus, tiga puluh peratus", 2 * [percent("30")]),
        ("id", "12,5 persen", [percent("12.5")]),
        ("en-gb", "within 14 days", [days("14")]),
        ("en-gb", "a 30-day hold", [days("30")]),
        ("en-gb", "2 to 5 days", [days("2"), days("5")]),
        ("en-gb", "valid for a month", [days("28")]),
        ("ms", "selama dua minggu", [days("14")]),
        ("ms", "sebulan selepas bayaran", [days("28")]),
        ("en-gb", "1 January 2027", [day(1, 1, 2027)]),
        ("en-gb", "January 1st, 2027", [day(1, 1, 2027)]),
        ("en-gb", "31/12/2026", [day(31, 12, 2026)]),
        ("en-us", "12/31/2026", [day(31, 12, 2026)]),
        ("en-gb", "2026-12-31", [day(31, 12, 2026)]),
        ("en-gb", "June 2027", [day(0, 6, 2027)]),
        ("ms", "1hb Ogos 2027", [day(1, 8, 2027)]),
        ("id", "1 Januari 2027", [day(1, 1, 2027)]),
        ("en-gb", "up to 5 friends", [count(5)]),
        ("en-gb", "maximum three rewards", [count(3)]),
        ("en-gb", "ten rewards a month", [count(10), days("28")]),
        ("id", "maksimal 10 teman", [count(10)]),
        ("id", "ajakan ke-5", [count(5)]),
        ("de", "20 % und 14 Tage ab dem 1. Januar 2027", [percent("20"), days("14")]),
    ],
)
def test_figures_are_read(language: str, text: str, found: list[Any]) -> None:
    assert read(text, language)[: len(found)] == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-gb", "Call 03-1234 5678 or 1-800-88-1234."),
        ("en-gb", "Since 1998. See section 4.2, step 3, page 12 and clause 7(b)."),
        ("en-gb", "27 Jalan Ampang, 50450 Kuala Lumpur"),
        ("en-gb", "from 9 am to 17:30"),
        ("en-gb", "3. Share your link.\n4.2 Disputes"),
        ("en-gb", "Your code RIMBA20 and ISO 9001"),
        ("en-gb", "the first order, the second friend, one reward for each friend"),
        ("en-gb", "You may 5 times may."),
        ("ms", "Langkah 3, seksyen 4.2, pukul 7.30 pagi"),
        ("id", "Jalan Braga No. 27, pukul 09.00, pasal 4 ayat 2"),
    ],
)
def test_what_names_or_counts_nothing_is_no_statement(language: str, text: str) -> None:
    assert read(text, language) == []


def test_sentences_are_cut_where_they_end() -> None:
    text = "Write to No. 5 Rimba Sdn. Bhd. today! Rp. 50.000 is much.\nRM 20.50 is less (e.g. now)."
    assert [one.whole for one in sentences(text)] == [
        "Write to No. 5 Rimba Sdn. Bhd. today!",
        "Rp. 50.000 is much.",
        "RM 20.50 is less (e.g. now).",
    ]


def test_a_long_text_is_cut_into_sentences_in_one_pass() -> None:
    text = "Approx. ten words, e.g. these. So it is. " * 400
    begin = process_time()
    found = list(sentences(text))
    assert [one.plain for one in found[:2]] == ["Approx. ten words, e.g. these.", "So it is."]
    assert len(found) == 800
    assert process_time() - begin < 1


@pytest.mark.parametrize("repeated", ["10 friends ", "1 ", "l.", "RM", "RM 1-", "."])
def test_what_never_ends_is_read_in_pieces(repeated: str) -> None:
    text = repeated * (20_000 // len(repeated)) + "!x"
    begin = process_time()
    for sentence in sentences(text):
        assert len(sentence.plain) <= LONGEST_SENTENCE
        statements_in(sentence.plain, vocabulary_for("en-gb"))
    # Half a second at most; without the bounds up to ten.
    assert process_time() - begin < 5


@pytest.mark.parametrize("unit", ["hours", "days", "years", "%", "times"])
@pytest.mark.parametrize("figure", ["9" * 30, "9" * 400, "0." + "0" * 40 + "1"])
def test_figures_of_any_length_are_read(figure: str, unit: str) -> None:
    assert read(f"Your friend has {figure} {unit} to use it.", "en-gb") is not None
