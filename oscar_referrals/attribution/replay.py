"""Deciding once more who gets the credit, from what was stored with the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from oscar_referrals.attribution.candidates import candidate_of
from oscar_referrals.attribution.choose import choose
from oscar_referrals.attribution.decide import (
    Credit,
    CreditFacts,
    SignUpFacts,
    decide,
    decide_sign_up,
)
from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons

Facts = TypeVar("Facts", CreditFacts, SignUpFacts)


class NotKept(Exception):
    """Decided under an earlier rule version, that did not store all it was decided by."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One sort of decision: how to know it, and how to decide it again."""

    #: A stable word, for reports.
    name: str
    #: Asked of the subject and the inputs, and of the reason where these don't tell.
    is_one: Callable[[Decision], bool]
    #: What it says now and didn't then; empty if it is the same. Raises NotKept. Pure: no query.
    differences: Callable[[Decision], list[str]]


def compare(decision: Decision, verdict: str, reason: str) -> list[str]:
    """Where the stored answer is another than the one just found."""
    found = []
    if decision.verdict != verdict:
        found.append(f"the verdict was {decision.verdict} and is {verdict}")
    if decision.reason != reason:
        found.append(f"the reason was {decision.reason} and is {reason}")
    return found


def choice_again(decision: Decision) -> list[str]:
    """The choice between several invitations, as far as the decision has one."""
    inputs = decision.inputs
    again = choose(
        [candidate_of(row) for row in decision.candidates],
        model=inputs["model"],
        at=datetime.fromisoformat(inputs["at"]),
        shown=inputs["shown"],
    )
    if again.as_rows() == decision.candidates:
        return []
    then = [row["code"] for row in decision.candidates if row["chosen"]]
    now = [again.chosen.code] if again.chosen is not None else []
    return [f"of the invitations {then} was chosen and {now} is, or the reasons differ"]


def _is_order(decision: Decision) -> bool:
    return decision.subject.startswith("referral:") and "friend_discount" in decision.inputs


def _order(decision: Decision) -> list[str]:
    found = _compare(decision, decide(_facts(CreditFacts, decision.inputs)))
    # Before rule version 2 nobody else was considered.
    return found + (choice_again(decision) if "shown" in decision.inputs else [])


def _is_registration(decision: Decision) -> bool:
    return decision.subject.startswith("referral:sign-up-") and "claim" in decision.inputs


def _registration(decision: Decision) -> list[str]:
    if "shown" not in decision.inputs:
        raise NotKept
    credit = decide_sign_up(_facts(SignUpFacts, decision.inputs))
    return _compare(decision, credit) + choice_again(decision)


def _by_hand(decision: Decision) -> list[str]:
    """The verdict is that of staff; who else was considered, and why not, is the rules'."""
    if "shown" not in decision.inputs:
        raise NotKept
    found = compare(decision, Decision.Verdict.GRANTED, reasons.ASSIGNED)
    return found + choice_again(decision)


def _is_taken_by_hand(decision: Decision) -> bool:
    # Rewards that lapse with the credit have the same reason, and figures of their own.
    return decision.reason == reasons.REASSIGNED and decision.subject.startswith("assignment:")


def _taken_by_hand(decision: Decision) -> list[str]:
    return compare(decision, Decision.Verdict.REFUSED, reasons.REASSIGNED)


def _compare(decision: Decision, credit: Credit) -> list[str]:
    return compare(decision, credit.verdict, credit.reason)


def _facts(kind: type[Facts], inputs: dict[str, Any]) -> Facts:
    return kind(**{field.name: inputs[field.name] for field in fields(kind)})


KINDS = (
    Kind(name="order credited", is_one=_is_order, differences=_order),
    Kind(name="registration credited", is_one=_is_registration, differences=_registration),
    Kind(
        name="credited by hand",
        is_one=lambda decision: decision.reason == reasons.ASSIGNED,
        differences=_by_hand,
    ),
    Kind(
        name="credit taken by hand",
        is_one=_is_taken_by_hand,
        differences=_taken_by_hand,
    ),
)
