"""Claims that the program does not limit what it limits: "no minimum", "never expires". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from oscar_referrals.programs.statements.facts import Facts, Kind, Role, Statement
from oscar_referrals.programs.statements.vocabulary import Vocabulary

#: What each list of words denies, and what kind of figure would be right.
DENIES: dict[str, tuple[tuple[Role, ...], Kind]] = {
    "no_minimum": ((Role.MINIMUM, Role.OWN_MINIMUM), Kind.MONEY),
    "no_maximum": ((Role.MAXIMUM,), Kind.MONEY),
    "no_limit": ((Role.LIMIT,), Kind.COUNT),
    "no_expiry": ((Role.VALIDITY,), Kind.DURATION),
    "no_hold": ((Role.HOLD,), Kind.DURATION),
    "no_end": ((Role.END,), Kind.DATE),
}


def denials_in(
    plain: str, vocabulary: Vocabulary, facts: Facts, context: str = "", before: str = ""
) -> Iterator[tuple[Statement, frozenset[Role]]]:
    """Each claim that there is no limit where ``facts`` have one, and which one it denies.

    ``context`` is the question that the sentence answers, ``before`` the sentence before it: what
    has no end may be named there alone.
    """
    for name, (roles, kind) in DENIES.items():
        pattern, subject = _patterns(vocabulary)[name]
        for match in pattern.finditer(plain):
            if name == "no_minimum" and still_limited(vocabulary).search(plain):
                continue
            around = (plain, context, *([before] if name == "no_end" else ()))
            if subject and not any(subject.search(words) for words in around):
                continue
            wanted = _meant(name, roles, plain, context, vocabulary)
            played = {one.role for one in facts.roles}
            if wanted <= played:
                yield (
                    Statement(kind=kind, start=match.start(), end=match.end()),
                    wanted,
                )
                break


def _meant(
    name: str, roles: tuple[Role, ...], plain: str, context: str, vocabulary: Vocabulary
) -> frozenset[Role]:
    if name != "no_minimum":
        return frozenset(roles)
    own = _own_spending(vocabulary)
    is_own = own.search(plain) or own.search(context)
    return frozenset({Role.OWN_MINIMUM if is_own else Role.MINIMUM})


@lru_cache
def still_limited(words: Vocabulary) -> re.Pattern[str]:
    """ "Never more than RM 20, whatever you spend" denies no minimum."""
    return re.compile(rf"(?<!\w)(?:{words.at_most})" if words.at_most else r"(?!)", re.I)


@lru_cache
def _own_spending(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.own_spending})" if words.own_spending else r"(?!)", re.I)


@lru_cache
def _patterns(
    words: Vocabulary,
) -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    found = {}
    for name in DENIES:
        pattern, subject = words.denials.get(name, ("", ""))
        found[name] = (
            re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if pattern else r"(?!)", re.I),
            re.compile(rf"(?<!\w)(?:{subject})", re.I) if subject else None,
        )
    return found
