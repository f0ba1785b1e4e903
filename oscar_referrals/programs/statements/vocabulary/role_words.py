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
