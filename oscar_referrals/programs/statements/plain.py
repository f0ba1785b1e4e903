"""Text as it is meant to be read: look-alike signs made alike, and cut into sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: All spaces that do not break stand as this one: they group digits, or tie a unit to them.
HARD_SPACE = "\u00a0"
HARD_SPACES = "\u00a0\u2007\u2009\u200a\u202f"
#: Marks that cannot be seen, and may stand in the middle of a figure.
UNSEEN = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f"}
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\uff0d"
#: Letters of other scripts that look like Latin ones.
LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТХУаеорсхуіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTXYaeopcxyiABEZHIKMNOPTYXo",
)
#: After these a full stop ends no sentence.
SHORT_WORDS = (
    "no|nos|rp|jl|jln|sdn|bhd|ltd|inc|co|pt|tbk|st|sec|art|cl|approx|max|maks|min|vs|etc|e\\.g|i\\.e"
    "|s\\.d|dll|dsb|dst|hlm|tel|telp|kb|mr|mrs|ms|dr|en|pn|ibu"
)
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]*(?=\s|$)|\n")
ENDS_WITH_SHORT_WORD = re.compile(rf"(?:^|[\s(])(?:{SHORT_WORDS})\.$", re.I)
#: Signs of the longest of them, with what stands before and after it: all that has to be looked at.
LONGEST_SHORT_WORD = 8
#: In signs. What goes on for longer is read in pieces, or its figures would be compared with each
#: other without end; the longest sentences of contracts have about half of it.
LONGEST_SENTENCE = 1000


@dataclass(frozen=True)
class Sentence:
    """One sentence, in plain signs, and where each of its signs came from."""

    plain: str
    origin: tuple[int, ...]
    text: str

    def written(self, start: int, end: int) -> str:
        """What stands between two positions of ``plain``, as it was written."""
        return self.text[self.origin[start] : self.origin[end - 1] + 1].strip()

    @property
    def whole(self) -> str:
        """The sentence as it was written, its white space folded."""
        return " ".join(self.written(0, len(self.plain)).split())


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` in their order; a line ends one too."""
    plain, origin = _plain(text)
    start = 0
    for end in _pieces(plain):
        first, last = start, end
        while first < last and plain[first].isspace():
            first += 1
        while last > first and plain[last - 1].isspace():
            last -= 1
        if first < last:
            yield Sentence(plain[first:last], tuple(origin[first:last]), text)
        start = end


def _pieces(plain: str) -> Iterator[int]:
    """Where sentences end; one that is too long ends at a space within it, or in a word."""
    start = 0
    for end in _ends(plain):
        while end - start > LONGEST_SENTENCE:
            furthest = start + LONGEST_SENTENCE
            space = plain.rfind(" ", start + 1, furthest)
            start = space if space > 0 else furthest
            yield start
        yield end
        start = end


def _ends(plain: str) -> Iterator[int]:
    for match in SENTENCE_END.finditer(plain):
        end = match.end()
        begin = max(0, end - LONGEST_SHORT_WORD)
        if match[0] != "." or not ENDS_WITH_SHORT_WORD.search(plain, begin, end):
            yield end
    yield len(plain)


def _plain(text: str) -> tuple[str, list[int]]:
    signs: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        for sign in _plain_sign(char):
            signs.append(sign)
            origin.append(position)
    return _with_digits("".join(signs)), origin


def _plain_sign(char: str) -> str:
    if char.isascii():
        return char
    if char in UNSEEN or unicodedata.combining(char):
        return ""
    if char in HARD_SPACES:
        return HARD_SPACE
    if char in DASHES:
        return "-"
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "No":
        # A raised digit is the mark of a footnote; a fraction belongs to the number before it.
        value = unicodedata.numeric(char)
        return f".{round(value * 1000):03d}".rstrip("0") if 0 < value < 1 else " "
    if char in "’‘ʼ":
        return "'"
    if char in "％٪﹪":
        return "%"
    return unicodedata.normalize("NFKC", char).translate(LOOK_ALIKE)


#: Letters typed for digits, beside real ones: "RM 2O", "l5 %". No figure is longer than a sum of
#: billions, and what has no bound is looked through again from each of its signs.
LETTER_AS_DIGIT = re.compile(
    r"(?<![A-Za-z0-9])(?=[lIOo.,]{0,20}\d)[lIOo\d][\d.,lIOo]{0,30}[\dOo](?![A-Za-z0-9])"
)


def _with_digits(plain: str) -> str:
    digits = str.maketrans("lIOo", "1100")
    return LETTER_AS_DIGIT.sub(lambda match: match[0].translate(digits), plain)
