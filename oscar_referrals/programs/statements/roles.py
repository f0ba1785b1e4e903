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

from oscar_referrals.programs.statements.agree import is_fact
from oscar_referrals.programs.statements.facts import Facts, Form, Kind, Role, Statement
from oscar_referrals.programs.statements.vocabulary import Vocabulary
from oscar_referrals.programs.statements.vocabulary.role_words import RoleWords

UNDECIDED: frozenset[Role] = frozenset()
WORTH = frozenset({Role.FRIEND, Role.ADVOCATE})
MINIMUM = frozenset({Role.MINIMUM, Role.OWN_MINIMUM})
#: What is "up to" or "at most" so much may be the whole of what somebody gets.
AT_MOST = WORTH | {Role.MAXIMUM, Role.LIMIT}
SPACE = r"[\s\u00a0]"
CLAUSE_END = re.compile(r"[,;:()]\s|\s-+\s")


def roles_of(
    statement: Statement,
    beside: Collection[Statement],
    plain: str,
    vocabulary: Vocabulary,
    facts: Facts,
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
        return _of_amount(around, _cues(words), question, statement, facts)
    if statement.kind == Kind.DURATION and not statement.is_rate:
        return _of_duration(around, _cues(words), question)
    return UNDECIDED


def says_wind_down(plain: str, vocabulary: Vocabulary) -> bool:
    """Whether words speak of the time after the end in which claims are honoured."""
    return vocabulary.roles is not None and bool(_cues(vocabulary.roles).grace.search(plain))


def says_wind_down_until(statement: Statement, plain: str, vocabulary: Vocabulary) -> bool:
    """Whether the date is said to be the last day of that time, not its first."""
    return vocabulary.roles is not None and bool(
        _cues(vocabulary.roles).grace_until.search(plain, 0, statement.start)
    )


def is_condition(
    statement: Statement, beside: Collection[Statement], plain: str, vocabulary: Vocabulary
) -> bool:
    """Whether the words at an amount say that at least so much has to be spent."""
    if vocabulary.roles is None:
        return False
    cues, around = _cues(vocabulary.roles), _Around.of(statement, beside, plain)
    return bool(
        cues.condition_before.search(around.before) or cues.condition_after.match(around.after)
    )


@dataclass(frozen=True)
class _Around:
    """The words before and after a figure, as far as the next figure; and as far as its clause."""

    before: str
    after: str
    clause_before: str
    clause_after: str
    sentence: str
    others: tuple[Statement, ...]
    place: tuple[int, int]

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
            others=tuple(one for one in beside if one is not statement),
            place=(statement.start, statement.end),
        )

    def is_apart(self, other: Statement, cues: _Cues) -> bool:
        """Whether another figure stands in another part of the sentence."""
        start, end = self.place
        between = self.sentence[other.end : start] or self.sentence[end : other.start]
        return bool(CLAUSE_END.search(between) or cues.link.search(between))

    @property
    def clause(self) -> str:
        return f"{self.clause_before} \0 {self.clause_after}"


def _of_amount(
    around: _Around, cues: _Cues, question: str, statement: Statement, facts: Facts
) -> frozenset[Role]:
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
        return UNDECIDED if worth or at_most else _which_minimum(around, cues, facts)
    if at_most:
        return _at_most(_whose(around, cues, facts), statement, facts)
    if worth and cues.total.search(around.clause):
        return AT_MOST
    return _whose(around, cues, facts) if worth else UNDECIDED


def _which_minimum(around: _Around, cues: _Cues, facts: Facts) -> frozenset[Role]:
    """The friend's, or the one for using what was earned: as the words next to it say.

    Where they say nothing, it is the one for what else the sentence names, if that is one side's.
    """
    if not any(one.role == Role.OWN_MINIMUM for one in facts.roles):
        return MINIMUM
    own = bool(cues.own_order.search(around.clause))
    friend = bool(cues.friend_order.search(around.clause))
    if not own and not friend:
        sides = {
            one.role
            for beside in around.others
            if not around.is_apart(beside, cues)
            for one in facts.roles
            if one.role in WORTH and is_fact(beside, one)
        }
        own, friend = sides == {Role.ADVOCATE}, sides == {Role.FRIEND}
    if own == friend and not any(
        is_fact(beside, one)
        for beside in around.others
        for one in facts.roles
        if one.role in MINIMUM
    ):
        own, friend = _sides_of_sentence(around, cues, facts)
    if own == friend:
        return MINIMUM
    return frozenset({Role.OWN_MINIMUM if own else Role.MINIMUM})


def _sides_of_sentence(around: _Around, cues: _Cues, facts: Facts) -> tuple[bool, bool]:
    """Whether the whole sentence is about the advocate, and whether about the friend."""
    given = {
        one.role
        for beside in around.others
        for one in facts.roles
        if one.role in WORTH and is_fact(beside, one)
    }
    own = (cues.own_order, cues.spendable)
    # "For you" may be either side.
    friend = (cues.friend_order, cues.either, cues.for_you)
    return (
        Role.ADVOCATE in given or any(words.search(around.sentence) for words in own),
        Role.FRIEND in given or any(words.search(around.sentence) for words in friend),
    )


def _at_most(whose: frozenset[Role], statement: Statement, facts: Facts) -> frozenset[Role]:
    """ "Up to RM 20" may be all there is; of a share the most is told apart from what it is."""
    gains = [gain for gain in facts.gains if gain.role in whose]
    is_share = len(whose) > 1 or not any(gain.value for gain in gains)
    if statement.kind == Kind.MONEY and is_share and any(gain.maximum for gain in gains):
        return frozenset({Role.MAXIMUM, Role.LIMIT})
    return AT_MOST


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


def _whose(around: _Around, cues: _Cues, facts: Facts) -> frozenset[Role]:
    """Who gets it: the side that the words at the figure name, or the one that gets such things."""
    if cues.both.search(around.clause):
        return WORTH
    friend = bool(
        cues.friend_gets.search(around.clause_before)
        or cues.friend_after.match(around.after)
        or cues.for_friend.match(around.after)
    )
    advocate = bool(
        cues.per_friend.search(around.clause) or cues.advocate_gets.search(around.clause_before)
    ) or bool(not cues.either.search(around.clause) and cues.advocate.search(around.clause))
    if not (friend or advocate):
        friend, advocate = _by_persons(around, cues)
    by_form = _by_form(around, cues, facts)
    if advocate and not friend and by_form == {Role.FRIEND}:
        # "RM 20 off for every friend": given for them, or to them.
        return WORTH
    if friend != advocate:
        return frozenset({Role.FRIEND}) if friend else frozenset({Role.ADVOCATE})
    return WORTH if friend or cues.either.search(around.clause) else by_form


def _by_persons(around: _Around, cues: _Cues) -> tuple[bool, bool]:
    """ "You" is the advocate beside a friend who gets something, and the friend beside "me".

    "Give RM 20, get RM 15": who gives is the advocate.
    """
    if cues.then_gets.fullmatch(around.clause_before.strip()) and cues.gives.search(
        around.sentence, 0, around.place[0]
    ):
        return False, True
    you = cues.you_get.search(around.clause_before) or cues.for_you.match(around.after)
    me = cues.i_get.search(around.clause_before) or cues.for_me.match(around.after)
    if you and not me:
        if cues.me_too.search(around.sentence):
            return True, False
        if cues.friend_too.search(around.sentence):
            return False, True
    if me and not you and cues.you_too.search(around.sentence):
        return False, True
    return False, False


def _by_form(around: _Around, cues: _Cues, facts: Facts) -> frozenset[Role]:
    """ "RM 15 credit" is the advocate's where only the advocate gets credit."""
    nearest = f"{cues.link.split(around.clause_before)[-1]} \0 {around.clause_after}"
    for forms, words in (
        ({Form.CREDIT}, cues.credit_word),
        ({Form.VOUCHER}, cues.voucher_word),
        ({Form.DISCOUNT, Form.VOUCHER}, cues.discount_word),
    ):
        if words.search(nearest):
            return frozenset(gain.role for gain in facts.gains if gain.form in forms) or WORTH
    return WORTH


def _of_duration(around: _Around, cues: _Cues, question: str) -> frozenset[Role]:
    if cues.wind_down.search(around.sentence):
        return UNDECIDED
    for role, behind in (
        (Role.WINDOW, cues.window_after),
        (Role.HOLD, cues.hold_after),
        (Role.VALIDITY, cues.validity_after),
    ):
        if behind.match(around.after):
            expires = role == Role.HOLD and _is_validity(around, cues)
            return frozenset({role} | ({Role.VALIDITY} if expires else set()))
    found = _told_in(around, cues, around.clause) or _told_in(around, cues, around.sentence)
    if not found and question:
        found = {
            role
            for role, words in (
                (Role.HOLD, cues.hold_question),
                (Role.WINDOW, cues.window),
                (Role.VALIDITY, cues.expires),
            )
            if words.search(question)
        }
    return frozenset(found) if len(found) == 1 else UNDECIDED


def _told_in(around: _Around, cues: _Cues, words: str) -> set[Role]:
    found = {
        role
        for role, cue in ((Role.HOLD, cues.hold), (Role.WINDOW, cues.window))
        if cue.search(words) and (role == Role.WINDOW or words == around.clause)
    }
    return found | ({Role.VALIDITY} if _is_validity(around, cues) else set())


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
    advocate_gets: re.Pattern[str]
    gives: re.Pattern[str]
    then_gets: re.Pattern[str]
    either: re.Pattern[str]
    hold: re.Pattern[str]
    spendable: re.Pattern[str]
    expires: re.Pattern[str]
    use_before: re.Pattern[str]
    use_after: re.Pattern[str]
    window: re.Pattern[str]
    wind_down: re.Pattern[str]
    condition_before: re.Pattern[str]
    condition_after: re.Pattern[str]
    own_order: re.Pattern[str]
    friend_order: re.Pattern[str]
    both: re.Pattern[str]
    for_friend: re.Pattern[str]
    per_friend: re.Pattern[str]
    you_get: re.Pattern[str]
    for_you: re.Pattern[str]
    i_get: re.Pattern[str]
    for_me: re.Pattern[str]
    me_too: re.Pattern[str]
    you_too: re.Pattern[str]
    friend_too: re.Pattern[str]
    credit_word: re.Pattern[str]
    voucher_word: re.Pattern[str]
    discount_word: re.Pattern[str]
    window_after: re.Pattern[str]
    validity_after: re.Pattern[str]
    hold_after: re.Pattern[str]
    hold_question: re.Pattern[str]
    link: re.Pattern[str]
    grace: re.Pattern[str]
    grace_until: re.Pattern[str]


#: These end, and those begin, at the figure; the others stand anywhere in a part of the sentence.
ENDING = {
    "condition_before",
    "worth_before",
    "minimum_before",
    "maximum_before",
    "copula",
    "use_before",
}
BEGINNING = {"worth_after", "minimum_after", "maximum_after", "for_whom"}
BEGINNING |= {"friend_after", "use_after", "for_friend", "for_you", "for_me"}
BEGINNING |= {"condition_after", "window_after", "validity_after", "hold_after"}


@lru_cache
def _cues(words: RoleWords) -> _Cues:
    def compiled(name: str, pattern: str) -> re.Pattern[str]:
        pattern = pattern.replace(" ", rf"{SPACE}+")
        if name in ENDING:
            between = (
                words.order_fillers
                if name in ("minimum_before", "condition_before")
                else words.fillers
            )
            fillers = rf"(?:{SPACE}+(?:{between}))*{SPACE}*$"
            # A colon stands at the word before it.
            return re.compile(rf"(?:(?<!\w)|(?=[:=]))(?:{pattern}){fillers}", re.I)
        if name in BEGINNING:
            return re.compile(rf"[\s\u00a0-]*(?:{pattern})", re.I)
        return re.compile(rf"(?<!\w)(?:{pattern})", re.I)

    patterns = {name: pattern for name, pattern in vars(words).items() if "fillers" not in name}
    return _Cues(**{name: compiled(name, pattern) for name, pattern in patterns.items()})
