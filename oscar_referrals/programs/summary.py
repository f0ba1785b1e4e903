"""The seven facts of an offer that people want to know before they share or claim it (S05)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.rules.base import Clause

Side = Incentive.Side

#: Clauses that say who counts and what the friend's order must be.
CONDITIONS = (
    "new-customers",
    "friend-minimum",
    "friend-products",
    "friend-threshold",
    "friend-delivery-minimum",
    "friend-delivery-products",
    "advocate-threshold",
)


class Fact(NamedTuple):
    """One of the seven: a short title, and what the version says about it."""

    #: ``amount``, ``both-sides``, ``conditions``, ``hold``, ``expiry``, ``caps`` or ``end-date``.
    key: str
    title: str
    texts: list[str]


def seven_facts(
    version: ProgramVersion, *, reader: str | None, clauses: list[Clause] | None = None
) -> list[Fact]:
    """Always all seven, in the order of reading and the active language.

    ``reader`` is the side that reads them, which has its own amount first; None for both sides, as
    on a terms page. ``clauses`` are those of `describe`, if the caller has made them already. What
    a version sets no limit to is said too: nobody has to guess whether there is one.
    """
    said = describe(version) if clauses is None else clauses
    rewards = _texts(said, _is_expiry)
    if not any(clause.key.endswith("-validity") for clause in said):
        rewards.append(_("Rewards don't expire."))
    return [
        *_amounts(version, said, reader),
        Fact("conditions", _("Conditions"), _texts(said, _is_condition)),
        Fact("hold", _("Waiting time"), _texts(said, _is_hold)),
        Fact("expiry", _("Use it within"), rewards),
        Fact(
            "caps",
            _("Limits"),
            _texts(said, _is_cap) or [_("There is no limit to the number of rewards.")],
        ),
        Fact(
            "end-date",
            _("End date"),
            _texts(said, _is_date) or [_("No end date has been set.")],
        ),
    ]


def facts_for_friend(version: ProgramVersion) -> list[Fact]:
    """The seven facts for what a friend is handed, on paper or in a mail, where no page stands
    beside it: with every condition on the friend's side."""
    said = describe(version)
    facts = seven_facts(version, reader=Side.FRIEND, clauses=said)
    told = {text for fact in facts for text in fact.texts}
    # The amount has said what it is worth.
    more = _texts(
        [clause for clause in said if clause.section == "friend" and clause.text not in told],
        lambda key: not key.startswith("friend-value"),
    )
    return [
        fact._replace(texts=[*fact.texts, *more]) if fact.key == "conditions" else fact
        for fact in facts
    ]


def _amounts(version: ProgramVersion, said: list[Clause], reader: str | None) -> list[Fact]:
    friend, advocate = Side.FRIEND, Side.ADVOCATE
    if reader is None:
        # Each offer in the words in which the other side reads it: "their first order".
        return [
            Fact("amount", _("Friends get"), _gets(version, said, friend, advocate)),
            Fact("both-sides", _("Advocates get"), _gets(version, said, advocate, friend)),
        ]
    other = friend if reader == advocate else advocate
    return [
        Fact("amount", _("You get"), _gets(version, said, reader, reader)),
        Fact("both-sides", _("Your friend gets"), _gets(version, said, other, reader)),
    ]


def _gets(version: ProgramVersion, said: list[Clause], side: str, reader: str) -> list[str]:
    """The offer in a few words, and what is promised besides it."""
    main = capfirst(offer_sentence(version, side, reader=reader))
    several = sum(item.side == side for item in version.incentives.all()) > 1
    more = _texts(
        said,
        lambda key: (
            key.startswith(f"{side}-tier-")
            or (several and key.startswith(f"{side}-reward-") and not key.endswith("-validity"))
        ),
    )
    return [text for text in [main, *more] if text] or [_("Nothing at present.")]


def _texts(clauses: list[Clause], wanted: Callable[[str], bool]) -> list[str]:
    # Several rewards may share a sentence.
    return list(dict.fromkeys(clause.text for clause in clauses if wanted(clause.key)))


def _is_condition(key: str) -> bool:
    return key.startswith(CONDITIONS)


def _is_hold(key: str) -> bool:
    return key == "hold"


def _is_expiry(key: str) -> bool:
    return key == "claim-window" or key.endswith("-validity")


def _is_cap(key: str) -> bool:
    return key.startswith(("limit-advocate", "limit-friend")) or key == "budget"


def _is_date(key: str) -> bool:
    return key == "dates"
