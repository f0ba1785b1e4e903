"""Whether a figure is about the program: judged by the words around it.

The words of its own clause come first, then those of the sentence. What no word decides is about
the program, for that is what terms are about; only a number has to count something that programs
count.
Money and percentages stay with the program also where something else is spoken of beside a benefit
("free delivery for friends from RM 90").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from oscar_referrals.programs.statements.facts import Facts, Kind, Statement
from oscar_referrals.programs.statements.vocabulary import Vocabulary

#: In days. Longer durations are mostly ages, so words have to say that they are about a reward.
LONGEST = 3650
WORD = re.compile(r"[^\W\d_]{2,}")


def is_about_program(
    statement: Statement,
    plain: str,
    vocabulary: Vocabulary,
    facts: Facts | None = None,
    context: str = "",
) -> bool:
    """Whether what stands around ``statement`` speaks of rewards, friends, codes and the like.

    ``context`` is what stands before the sentence, where it says nothing of the kind itself.
    Without ``facts`` the text is none that is about the program as a whole: there, what no word
    decides is about something else.
    """
    if facts is not None and _is_out_of_reach(statement, facts):
        return False
    cues = _cues(vocabulary)
    clause = _clause(statement, plain, cues)
    around = f"{context} {plain}" if context.endswith("?") else plain
    if facts is not None and _is_of_goods(around, cues):
        return False
    if statement.kind == Kind.DURATION and statement.value > LONGEST:
        return _lasts(plain, cues)
    if statement.kind in (Kind.MONEY, Kind.PERCENT):
        if cues.other_money.search(clause) and not cues.benefit.search(clause):
            return False
        if facts is None or _speaks_of_spending(plain, cues) or _goes_on(context, cues):
            return True
        # A heading: "Only RM 20".
        return len(WORD.findall(plain[: statement.start] + plain[statement.end :])) < 2
    other = cues.other_dates if statement.kind == Kind.DATE else cues.other
    for words in (clause, plain, *([context] if context else ())):
        if other.search(words):
            return False
        if cues.reward.search(words):
            return True
        if cues.other_unless_reward.search(words):
            return False
        if cues.program.search(words):
            return True
    if facts is None:
        return False
    asked = context if context.endswith("?") else ""
    return statement.kind == Kind.DATE or _speaks_of_spending(f"{asked} {plain}", cues)


def speaks_of_goods(plain: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence is about what is sold, or about another offer."""
    return _is_of_goods(plain, _cues(vocabulary))


def _is_of_goods(plain: str, cues: _Cues) -> bool:
    if cues.people.search(plain):
        return False
    if cues.goods.search(plain):
        return True
    return bool(cues.products.search(plain)) and not cues.given.search(plain)


def _speaks_of_spending(plain: str, cues: _Cues) -> bool:
    return any(
        words.search(plain) for words in (cues.benefit, cues.program, cues.reward, cues.spending)
    )


def _goes_on(context: str, cues: _Cues) -> bool:
    return bool(context) and _speaks_of_spending(context, cues) and not _is_of_goods(context, cues)


def _is_out_of_reach(statement: Statement, facts: Facts) -> bool:
    """No program could have been meant: the date of a law."""
    if statement.kind == Kind.DATE and facts.dates:
        first = min(day.year for day in facts.dates)
        return all(date.year is not None and date.year < first - 1 for date in statement.dates)
    return False


def _lasts(plain: str, cues: _Cues) -> bool:
    """A reward, code or link is promised so long; nothing has been done or has been so long."""
    if cues.past.search(plain) or cues.other.search(plain):
        return False
    return bool(cues.reward.search(plain) or cues.lasting.search(plain))


def _clause(statement: Statement, plain: str, cues: _Cues) -> str:
    start, end = 0, len(plain)
    for match in cues.joint.finditer(plain):
        if match.end() <= statement.start:
            start = match.end()
        elif match.start() >= statement.end:
            end = match.start()
            break
    return plain[start:end]


@dataclass(frozen=True)
class _Cues:
    program: re.Pattern[str]
    benefit: re.Pattern[str]
    other: re.Pattern[str]
    other_unless_reward: re.Pattern[str]
    reward: re.Pattern[str]
    other_money: re.Pattern[str]
    other_dates: re.Pattern[str]
    past: re.Pattern[str]
    lasting: re.Pattern[str]
    joint: re.Pattern[str]
    spending: re.Pattern[str]
    goods: re.Pattern[str]
    #: Things that shops sell, unless what the program gives is spoken of beside them.
    products: re.Pattern[str]
    given: re.Pattern[str]
    people: re.Pattern[str]


@lru_cache
def _cues(words: Vocabulary) -> _Cues:
    def stems(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{pattern})" if pattern else r"(?!)", re.I)

    roles = words.roles
    given = (roles.spendable, roles.friend_order, words.about_own) if roles else ()
    links = rf"|[\s,]+(?:{words.clause_links})\s" if words.clause_links else ""
    return _Cues(
        program=stems(words.about_program),
        benefit=stems(words.about_benefit),
        other=stems(words.about_else),
        other_unless_reward=stems(words.about_else_unless_reward),
        reward=stems(words.about_reward),
        other_money=stems(words.about_other_money),
        other_dates=stems(words.about_other_dates),
        past=stems(words.about_past),
        lasting=stems(words.about_lasting),
        spending=stems(words.about_spending),
        goods=stems(words.about_goods),
        products=stems(words.about_products),
        given=stems("|".join(filter(None, given))),
        people=stems("|".join(filter(None, (words.names_people, words.names_program)))),
        joint=re.compile(rf"[,;:()]\s+|\s-+\s{links}", re.I),
    )
