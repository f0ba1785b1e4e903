"""Claims that no terms and no message may make, whatever the program: data, and how it is found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from oscar_referrals.programs.statements.plain import Sentence, sentences

#: What every shop starts with, by language without country. A star stands for any ending.
DEFAULTS: dict[str, tuple[str, ...]] = {
    "en": (
        # Promised earnings, which no shop can promise.
        *("guaranteed income", "guaranteed earnings", "guaranteed profit*", "guaranteed return*"),
        *("guarantee* you an income", "unlimited income", "unlimited earnings", "earn unlimited"),
        *("passive income", "financial freedom", "quit your job", "replace your salary"),
        *("get rich", "get-rich-quick", "easy money", "quick money", "free money"),
        *("make money fast", "make a fortune"),
        # Risk that is denied.
        *("risk-free", "risk free", "without any risk", "without risk", "no risk", "zero risk"),
        *("can't lose", "cannot lose", "nothing to lose"),
        # Scarcity and haste that the rules don't know.
        *("last chance", "act now", "hurry", "before it's too late", "limited spots"),
        *("only a few places left", "only a few left", "almost sold out", "never come back"),
        "once in a lifetime",
    ),
    "ms": (
        *("pendapatan dijamin", "pendapatan terjamin", "keuntungan dijamin", "keuntungan terjamin"),
        *("untung dijamin", "dijamin untung", "pasti untung", "pulangan dijamin"),
        *("pendapatan tanpa had", "pendapatan pasif", "kebebasan kewangan", "berhenti kerja"),
        *("cepat kaya", "kaya cepat", "jadi kaya", "menjadi kaya", "kaya raya"),
        *("duit mudah", "wang mudah", "duit percuma", "wang percuma", "duit segera"),
        *("tanpa risiko", "tiada risiko", "bebas risiko", "sifar risiko", "tak akan rugi"),
        *("tidak akan rugi", "mustahil rugi"),
        *("peluang terakhir", "sebelum terlambat", "tempat terhad", "tempat amat terhad"),
        *("cepat sebelum habis", "hampir habis", "sekali seumur hidup", "rebut segera"),
    ),
    "id": (
        *("penghasilan dijamin", "penghasilan terjamin", "pendapatan dijamin"),
        *("pendapatan terjamin", "keuntungan dijamin", "keuntungan terjamin", "dijamin untung"),
        *("pasti untung", "untung pasti", "dijamin cuan", "pasti cuan"),
        *("penghasilan tanpa batas", "pendapatan tanpa batas", "penghasilan pasif"),
        *("kebebasan finansial", "berhenti kerja", "cepat kaya", "kaya mendadak", "jadi kaya"),
        *("menjadi kaya", "uang mudah", "uang gratis", "uang cepat"),
        *("tanpa risiko", "tanpa resiko", "tidak ada risiko", "bebas risiko", "bebas resiko"),
        *("nol risiko", "tidak akan rugi", "tak akan rugi", "mustahil rugi"),
        *("kesempatan terakhir", "peluang terakhir", "sebelum terlambat", "tempat terbatas"),
        *("kuota terbatas", "buruan", "jangan sampai kehabisan", "hampir habis"),
        "sekali seumur hidup",
    ),
}
#: "Not guaranteed", "no get-rich-quick scheme": a phrase that is denied promises nothing.
DENIED = re.compile(
    r"(?<!\w)(?:no|not|never|isn't|aren't|don't|doesn't|neither|nor|without|nothing like"
    r"|tidak|tak|bukan|bukanlah|tiada|jangan|tanpa|belum)\s+(?:[\w'-]+\s+){0,3}$",
    re.I,
)


def phrases_for(
    language: str, *, added: Collection[str] = (), allowed: Collection[str] = ()
) -> tuple[str, ...]:
    """What is forbidden in a language: the defaults without ``allowed``, and what was ``added``."""
    without = {phrase.lower() for phrase in allowed}
    kept = (phrase for phrase in DEFAULTS.get(base(language), ()) if phrase not in without)
    return tuple(dict.fromkeys((*kept, *(phrase.lower() for phrase in added))))


def base(language: str) -> str:
    """A language without its country: phrases are the same in all of them."""
    return language.replace("_", "-").split("-")[0].lower()


def phrases_in(text: str, phrases: tuple[str, ...]) -> Iterator[tuple[Sentence, str]]:
    """Each forbidden phrase that ``text`` claims, as it is written there, with its sentence."""
    if not phrases:
        return
    pattern = _pattern(phrases)
    for sentence in sentences(text):
        for match in pattern.finditer(sentence.plain):
            if not DENIED.search(sentence.plain, 0, match.start()):
                yield sentence, sentence.written(match.start(), match.end())


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_of_phrase, longest_first))})(?!\w)", re.I)


def _of_phrase(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"[\s\u00a0-]+".join(words)
