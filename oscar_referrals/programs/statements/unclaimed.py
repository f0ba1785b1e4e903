"""Figures that a sentence names without saying that they are the program's. Pure.

What is denied ("not RM 30 but RM 20"), was so once, is so elsewhere, has gone by ("three weeks
ago"), or was asked and answered with no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from oscar_referrals.programs.statements.facts import Facts, Kind, Role, Statement
from oscar_referrals.programs.statements.vocabulary import Vocabulary

#: Where a clause ends: what is denied or was once so reaches no further.
PART_END = re.compile(r"[,;:()!?]\s(?!(?:which|who|that|yang|iaitu|yaitu)\b)|\s-+\s", re.I)


def is_unclaimed(
    statement: Statement,
    plain: str,
    vocabulary: Vocabulary,
    facts: Facts,
    answer: str = "",
) -> bool:
    """Whether the sentence ``plain`` names ``statement`` without claiming it.

    ``answer`` is the sentence behind a question.
    """
    cues = _cues(vocabulary)
    before, after = plain[: statement.start], plain[statement.end :]
    if cues.denied.search(before):
        return True
    if answer and (cues.no.match(answer) or cues.supposed.search(before)):
        return True
    is_too_little = cues.too_little.match(after) and not cues.below.search(before)
    if is_too_little and _is_below_minimum(statement, facts):
        return True
    if statement.kind == Kind.DURATION and (
        cues.elapsed.match(after) or cues.so_far.search(before)
    ):
        return True
    part = PART_END.split(before)[-1]
    last = max((match.end() for match in cues.now.finditer(part)), default=0)
    if cues.former.search(part, last) or cues.elsewhere.search(part, last):
        return True
    behind = PART_END.split(after)[0]
    turn = cues.now.search(behind)
    behind = behind[: turn.start()] if turn else behind
    return bool(cues.former_after.search(behind) or cues.elsewhere.search(behind))


def _is_below_minimum(statement: Statement, facts: Facts) -> bool:
    return statement.kind == Kind.MONEY and any(
        statement.value < one.value and statement.currency == one.currency
        for one in facts.roles
        if one.role in (Role.MINIMUM, Role.OWN_MINIMUM)
    )


@dataclass(frozen=True)
class _Cues:
    denied: re.Pattern[str]
    no: re.Pattern[str]
    supposed: re.Pattern[str]
    too_little: re.Pattern[str]
    below: re.Pattern[str]
    elapsed: re.Pattern[str]
    so_far: re.Pattern[str]
    former: re.Pattern[str]
    former_after: re.Pattern[str]
    elsewhere: re.Pattern[str]
    now: re.Pattern[str]


@lru_cache
def _cues(words: Vocabulary) -> _Cues:
    def anywhere(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if pattern else r"(?!)", re.I)

    def ending(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{pattern})[\s\u00a0]+$" if pattern else r"(?!)", re.I)

    def at_once(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"[\s\u00a0]+(?:{pattern})(?!\w)" if pattern else r"(?!)", re.I)

    def beginning(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"\W*(?:{pattern})(?!\w)" if pattern else r"(?!)", re.I)

    return _Cues(
        denied=ending(words.denied_before),
        supposed=anywhere(words.supposed),
        no=beginning(words.answers_no),
        below=ending(words.below),
        too_little=at_once(words.too_little),
        elapsed=at_once(words.elapsed_after),
        so_far=ending(words.so_far_before),
        former=anywhere(words.former),
        former_after=anywhere(words.former_after),
        elsewhere=anywhere(words.elsewhere),
        now=anywhere(words.but_now),
    )
