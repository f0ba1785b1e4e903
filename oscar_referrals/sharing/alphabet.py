"""What a referral code is made of, and how people may write it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

#: No vowels (no words arise), none of 0/O, 1/I/L, 2/Z, 5/S, 8. Its size, 23, is prime, which is
#: what makes the check character below catch every slip it promises to catch.
ALPHABET = "BCDFGHJKMNPQRTVWXY34679"
#: 10 random characters of 23 are 45 bits; an eleventh checks for a slip of the finger.
RANDOM_LENGTH = 10
LENGTH = RANDOM_LENGTH + 1
#: How long a code may be that an advocate has chosen.
CHOSEN_LENGTH = range(5, 21)
#: Strings that may not stand in a code, even without vowels.
BLOCKED = frozenset(
    {"FCK", "FKN", "CNT", "DCK", "KKK", "NGGR", "PRCK", "WNK", "TWT", "KNT", "PKM", "NJNG"}
)


def new_code(blocked_words: Iterable[str] = ()) -> str:
    """A random code in canonical form: at least 40 random bits, a check character, no slur."""
    words = tuple(blocked_words)
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
        code = body + check_character(body)
        if is_decent(code, words):
            return code


def check_character(body: str) -> str:
    """The last character: catches any one wrong character and any swap of two neighbours.

    A sum with distinct weights modulo a prime: a single change or a swap always changes it.
    """
    total = sum(
        weight * ALPHABET.index(character) for weight, character in enumerate(body, start=1)
    )
    return ALPHABET[total % len(ALPHABET)]


def looks_like_ours(code: str) -> bool:
    """Has ``code`` (canonical form) our length and letters, be it mistyped? Needs no database."""
    return len(code) == LENGTH and all(character in ALPHABET for character in code)


def is_wellformed(code: str) -> bool:
    """Could ``code`` (canonical form) be one of ours? Needs no database."""
    return looks_like_ours(code) and check_character(code[:RANDOM_LENGTH]) == code[RANDOM_LENGTH]


def looks_chosen(code: str) -> bool:
    """Could somebody have chosen ``code`` (canonical form) as their own? Needs no database.

    Never what a random code looks like, so that none of those is ever taken for a chosen one.
    """
    return (
        len(code) in CHOSEN_LENGTH
        and code.isascii()
        and code.isalnum()
        and not code.isdigit()
        and not looks_like_ours(code)
    )


def is_decent(code: str, blocked_words: Iterable[str] = ()) -> bool:
    """Holds ``code`` (canonical form) none of the words that may not stand in one?"""
    words = BLOCKED | {word.upper() for word in blocked_words}
    return not any(word in code for word in words)


def canonical(text: str) -> str:
    """What a person typed, in any case and with spaces or dashes, as we store it."""
    return "".join(character for character in text.upper() if character.isalnum())


def pretty(code: str) -> str:
    """The code in groups of four, four and three: ``CDFG-HJKM-NPQ``. A chosen one as it is."""
    if not looks_like_ours(code):
        return code
    return "-".join(part for part in (code[:4], code[4:8], code[8:]) if part)
