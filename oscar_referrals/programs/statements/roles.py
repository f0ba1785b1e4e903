"""What a sentence says a figure is: what somebody gets, has to spend, waits for or may use. Pure.

Only the words that stand at the figure decide, and only where they say one thing: between the
figure before it and the one after it, "spend" or "or more" make it a minimum, "off" or "voucher"
what somebody gets. Where they say nothing, or two things, any figure of the version is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from oscar_referrals.programs.statements.facts import Kind, Role, Statement
from oscar_referrals.programs.statements.vocabulary import Vocabulary
from oscar_referrals.programs.statements.vocabulary.role_words import RoleWords

UNDECIDED: frozenset[Role] = frozenset()
WORTH = frozenset({Role.FRIEND, Role.ADVOCATE})
MINIMUM = frozenset({Role.MINIMUM})
#: What is "up to" or "at most" so much may be the whole of what somebody gets.
AT_MOST = WORTH | {Role.MAXIMUM, Role.LIMIT}
SPACE = r"[\s\u00a0]"
CLAUSE_END = re.compile(r"[,;:()]\s|\s-+\s")


def roles_of(
    statement: Statement,
    beside: Collection[Statement],
    plain: str,
    vocabulary: Vocabulary,
    question: str = "",
) -> frozenset[Role]:
    """What ``statement`` may be by the words of its sentence; empty where they don't decide it.

    ``question`` is the one that the sentence answers, if it does.
    """
    words = vocabulary.roles
    if words is None:
        return UNDECIDED
    around = _Around.of(statement, beside, plain)
    if statement.kind in (Kind.MONEY, Kind.PERCENT):
        return _of_amount(around, _cues(words), question)
    if statement.kind == Kind.DURATION:
        return _of_duration(around, _cues(words))
    return UNDECIDED


@dataclass(frozen=True)
class _Around:
    """The words before and after a figure, as far as the next figure; and as far as its clause."""

    before: str
    after: str
    clause_before: str
    clause_after: str
    sentence: str

    @classmethod
    def of(cls, statement: Statement, beside: Collection[Statement], plain: str) -> _Around:
        start = max((one.end for one in beside if one.end <= statement.start), default=0)
        end = min((one.start for one in beside if one.start >= statement.end), default=len(plain))
        before, after = plain[start : statement.start], plain[statement.end : end]
        return cls(
            before=before,
            after=after,
            clause_before=CLAUSE_END.split(before)[-1],
            clause_after=CLAUSE_END.split(after)[0],
            sentence=plain,
        )

    @property
    def clause(self) -> str:
        return f"{self.clause_before} \0 {self.clause_after}"


def _of_amount(around: _Around, cues: _Cues, question: str) -> frozenset[Role]:
    told = tuple(
        bool(before.search(around.before) or after.match(around.after))
        for before, after in (
            (cues.maximum_before, cues.maximum_after),
            (cues.worth_before, cues.worth_after),
            (cues.minimum_before, cues.minimum_after),
        )
    )
    at_most, worth, minimum = told if any(told) else _by_subject(around, cues, question)
    if minimum:
        return UNDECIDED if worth or at_most else MINIMUM
    if at_most or (worth and cues.total.search(around.clause)):
        return AT_MOST
    return _whose(around, cues) if worth else UNDECIDED


def _by_subject(around: _Around, cues: _Cues, question: str) -> tuple[bool, bool, bool]:
    """ "The minimum for the voucher is …": what the sentence begins with is what it speaks of."""
    clause = around.clause_before if cues.copula.search(around.clause_before) else question
    if cues.maximum_subject.search(clause):
        return True, False, False
    worth, minimum = cues.worth_subject.search(clause), cues.minimum_subject.search(clause)
    if worth and minimum:
        return False, worth.start() < minimum.start(), minimum.start() < worth.start()
    if worth or minimum:
        return False, bool(worth), bool(minimum)
    return False, bool(cues.for_whom.match(around.after)), False


def _whose(around: _Around, cues: _Cues) -> frozenset[Role]:
    friend = cues.friend_gets.search(around.clause_before) or cues.friend_after.match(around.after)
    if cues.either.search(around.clause) and not friend:
        return WORTH
    advocate = cues.advocate.search(around.clause)
    if bool(friend) == bool(advocate):
        return WORTH
    return frozenset({Role.FRIEND}) if friend else frozenset({Role.ADVOCATE})


def _of_duration(around: _Around, cues: _Cues) -> frozenset[Role]:
    if cues.wind_down.search(around.sentence):
        return UNDECIDED
    found = {
        role
        for role, is_told in (
            (Role.HOLD, bool(cues.hold.search(around.clause))),
            (Role.WINDOW, bool(cues.window.search(around.sentence))),
            (Role.VALIDITY, _is_validity(around, cues)),
        )
        if is_told
    }
    return frozenset(found) if len(found) == 1 else UNDECIDED


def _is_validity(around: _Around, cues: _Cues) -> bool:
    if not cues.spendable.search(around.sentence):
        return False
    return bool(
        cues.expires.search(around.clause)
        or cues.use_before.search(around.clause_before)
        or cues.use_after.match(around.after)
    )


@dataclass(frozen=True)
class _Cues:
    worth_before: re.Pattern[str]
    worth_after: re.Pattern[str]
    minimum_before: re.Pattern[str]
    minimum_after: re.Pattern[str]
    maximum_before: re.Pattern[str]
    maximum_after: re.Pattern[str]
    for_whom: re.Pattern[str]
    total: re.Pattern[str]
    minimum_subject: re.Pattern[str]
    worth_subject: re.Pattern[str]
    maximum_subject: re.Pattern[str]
    copula: re.Pattern[str]
    friend_gets: re.Pattern[str]
    friend_after: re.Pattern[str]
    advocate: re.Pattern[str]
    either: re.Pattern[str]
    hold: re.Pattern[str]
    spendable: re.Pattern[str]
    expires: re.Pattern[str]
    use_before: re.Pattern[str]
    use_after: re.Pattern[str]
    window: re.Pattern[str]
    wind_down: re.Pattern[str]


#: These end, and those begin, at the figure; the others stand anywhere in a part of the sentence.
ENDING = {"worth_before", "minimum_before", "maximum_before", "copula", "use_before"}
BEGINNING = {"worth_after", "minimum_after", "maximum_after", "for_whom"}
BEGINNING |= {"friend_after", "use_after"}


@lru_cache
def _cues(words: RoleWords) -> _Cues:
    def compiled(name: str, pattern: str) -> re.Pattern[str]:
        pattern = pattern.replace(" ", rf"{SPACE}+")
        if name in ENDING:
            between = words.order_fillers if name == "minimum_before" else words.fillers
            fillers = rf"(?:{SPACE}+(?:{between}))*{SPACE}*$"
            # A colon stands at the word before it.
            return re.compile(rf"(?:(?<!\w)|(?=[:=]))(?:{pattern}){fillers}", re.I)
        if name in BEGINNING:
            return re.compile(rf"[\s\u00a0-]*(?:{pattern})", re.I)
        return re.compile(rf"(?<!\w)(?:{pattern})", re.I)

    patterns = {name: pattern for name, pattern in vars(words).items() if "fillers" not in name}
    return _Cues(**{name: compiled(name, pattern) for name, pattern in patterns.items()})
