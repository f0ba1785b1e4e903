"""The words that say what a figure is: what somebody gets, has to spend, waits for, may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RoleWords:
    """Regular expressions of one language; "before" ends, and "after" begins, at the figure."""

    #: Between such a word and the figure: "saves (your) RM 20". Not where an order is spoken of:
    #: what is "yours" is no minimum.
    fillers: str
    order_fillers: str
    worth_before: str
    worth_after: str
    minimum_before: str
    minimum_after: str
    maximum_before: str
    maximum_after: str
    #: Says it only where nothing else does: "RM 50 for you" may be your minimum.
    for_whom: str
    #: Totals and limits: what is so much in all may be any figure but a minimum.
    total: str
    #: The subject that "is" the figure, where nothing stands nearer: the first one counts.
    minimum_subject: str
    worth_subject: str
    maximum_subject: str
    copula: str
    #: Who gets it. The friend where the words say that the friend does.
    friend_gets: str
    friend_after: str
    advocate: str
    #: The advocate by name, as the one who gets it.
    advocate_gets: str
    #: "Give RM 20, get RM 15": what is given is the friend's, what one gets the advocate's.
    gives: str
    then_gets: str
    #: Words that leave open who gets it.
    either: str
    hold: str
    #: What expires or can be used, and that it does.
    spendable: str
    expires: str
    use_before: str
    use_after: str
    window: str
    wind_down: str
    #: Words before an amount that make it a condition, whatever else they say.
    condition_before: str
    condition_after: str
    #: Whose order a minimum is one of: the one for using what was earned, or the friend's.
    own_order: str
    friend_order: str
    both: str
    for_friend: str
    per_friend: str
    you_get: str
    for_you: str
    i_get: str
    for_me: str
    #: That somebody else of the two gets something as well, anywhere in the sentence.
    me_too: str
    you_too: str
    friend_too: str
    credit_word: str
    voucher_word: str
    discount_word: str
    window_after: str
    validity_after: str
    hold_after: str
    #: In a question: when something comes.
    hold_question: str
    #: Between two things that are given.
    link: str
    #: The time after the end.
    grace: str
    #: Before the last day of that time.
    grace_until: str
