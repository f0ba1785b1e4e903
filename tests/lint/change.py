"""A true sentence made false: one figure of it changed into one that the program does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.lint.corpus import MARKED, Example
from tests.lint.programs import PROGRAMS

DIGITS = re.compile(r"\d+")
MONTHS = {
    "en": ("January", "March", "June", "August", "December"),
    "ms": ("Januari", "Mac", "Jun", "Ogos", "Disember", "Dis"),
    "id": ("Januari", "Maret", "Juni", "Agustus", "Desember", "Des"),
}
OTHER_MONTH = {"en": "May", "ms": "Mei", "id": "Mei"}
#: Word by word; what comes of it is no fact of any program of the corpus.
OTHER_WORDS = {
    "en": {
        "a fortnight": "nine weeks",
        "a year": "five years",
        "a month": "ten months",
        "two weeks": "eleven weeks",
        "three weeks": "nine weeks",
        "three months": "eleven months",
        "six months": "eleven months",
        "third": "eleventh",
        "fifth": "eleventh",
        "sixth": "eleventh",
        "twelfth": "eleventh",
        "four weeks": "eleven weeks",
        "twelve months": "eleven months",
        "twelve": "eleven",
        "fifteen": "eleven",
        "ten": "eleven",
        "thirty": "seventy",
        "twenty": "seventy",
        "twenty-five": "seventy-two",
        "five": "eleven",
        "four": "eleven",
        "three": "nine",
        "fourteen": "seventeen",
        "forty-five days": "seventy-one days",
        "ninety": "seventy",
        "sixty": "seventy",
        "forty-five": "seventy-one",
    },
    "ms": {
        "setahun": "lima tahun",
        "sebulan": "sepuluh bulan",
        "seminggu": "sebelas minggu",
        "dua minggu": "sebelas minggu",
        "tiga minggu": "sembilan minggu",
        "tiga bulan": "sebelas bulan",
        "enam bulan": "sebelas bulan",
        "kelima": "kesebelas",
        "sepuluh": "sebelas",
        "tiga puluh": "tujuh puluh",
        "dua puluh lima": "tujuh puluh dua",
        "dua puluh": "tujuh puluh",
        "sembilan puluh": "tujuh puluh",
        "enam puluh": "tujuh puluh",
        "empat puluh lima": "tujuh puluh satu",
        "empat belas": "tujuh belas",
        "lima belas": "tujuh belas",
        "empat minggu": "sebelas minggu",
        "tiga": "sembilan",
        "lima": "sebelas",
        "tujuh": "sebelas",
    },
}
OTHER_WORDS["id"] = OTHER_WORDS["ms"] | {"satu minggu": "sebelas minggu"}
OTHER_CURRENCY = (
    ("RM", "USD "),
    ("MYR", "USD"),
    ("ringgit", "rupiah"),
    ("Rp", "RM"),
    ("IDR", "USD"),
    ("rupiah", "ringgit"),
    ("S$", "€"),
    ("SGD", "EUR"),
    ("£", "€"),
    ("GBP", "EUR"),
    ("pounds", "euros"),
)
LONGER_UNIT = {
    "en": (("days", "weeks"), ("weeks", "years"), ("months", "years"), ("hours", "weeks")),
    "ms": (("hari", "minggu"), ("minggu", "tahun"), ("bulan", "tahun"), ("jam", "minggu")),
}
LONGER_UNIT["id"] = LONGER_UNIT["ms"]


def changed(example: Example) -> Iterator[tuple[str, str]]:
    """Every sentence with one changed figure, together with that figure."""
    for match in MARKED.finditer(example.marked):
        for figure in dict.fromkeys(_others(match[1], example)):
            before, after = example.marked[: match.start()], example.marked[match.end() :]
            yield MARKED.sub(r"\1", before) + figure + MARKED.sub(r"\1", after), figure


def _others(figure: str, example: Example) -> Iterator[str]:
    month = next((name for name in MONTHS[example.language] if name in figure), None)
    if month or re.search(r"\d[/.-]\d+[/.-]\d", figure):
        yield from _other_dates(figure, month, example.language)
        return
    if DIGITS.search(figure):
        yield _other_number(figure, example)
    else:
        yield _other_word(figure, example.language)
    for sign, other in OTHER_CURRENCY:
        if sign in figure:
            yield figure.replace(sign, other, 1)
            break
    for unit, other in LONGER_UNIT[example.language]:
        if figure.endswith(f" {unit}"):
            yield figure.replace(unit, other)
            break


def _other_dates(figure: str, month: str | None, language: str) -> Iterator[str]:
    yield DIGITS.sub("22", figure, count=1)
    if month:
        yield figure.replace(month, OTHER_MONTH[language])
    if re.search(r"20\d\d", figure):
        yield re.sub(r"20\d\d", "2031", figure)


def _other_number(figure: str, example: Example) -> str:
    facts = PROGRAMS[example.program]
    known = {*facts["days"], *facts["counts"], *(int(float(x)) for x in facts["percentages"])}
    known |= {days // long for days in known for long in (7, 30)}
    for values in facts["amounts"].values():
        known |= {int(value) // part for value in values for part in (1, 1000, 1_000_000)}
    written = DIGITS.search(figure)
    assert written
    number = int(written[0])
    other = next(number + step for step in range(1, 99) if number + step not in known)
    return DIGITS.sub(str(other), figure, count=1)


def _other_word(figure: str, language: str) -> str:
    words = OTHER_WORDS[language]
    for word in sorted(words, key=len, reverse=True):
        if re.search(rf"\b{word}\b", figure, re.I):
            return re.sub(rf"\b{word}\b", words[word], figure, count=1, flags=re.I)
    raise AssertionError(f"No other word for “{figure}” ({language}).")
