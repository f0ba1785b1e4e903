"""Which rewards an advocate can choose from, as the account page asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.members.models import Advocate
from oscar_referrals.members.preferences import preferences_of
from oscar_referrals.programs.choices import choices_of, preferred_among
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.rules.choosing import called

Trigger = Incentive.Trigger


class Alternative(NamedTuple):
    """One reward that can be chosen."""

    pk: int
    words: str
    is_chosen: bool


class Question(NamedTuple):
    """One choice: what it is for, and between what."""

    name: str
    earned_by: str
    alternatives: list[Alternative]
    #: The advocate has answered; else the first is marked because it would be given.
    is_answered: bool


def questions_for(advocate: Advocate, version: ProgramVersion) -> list[Question]:
    """What the version lets the advocate choose. No query where that is nothing; else one."""
    choices = choices_of(version)
    stated = preferences_of(advocate.pk) if choices else []
    questions = []
    for alternatives in choices:
        preferred = preferred_among(alternatives, stated)
        chosen = preferred or alternatives[0]
        questions.append(
            Question(
                name=alternatives[0].choice,
                earned_by=_earned_by(alternatives[0]),
                alternatives=[
                    Alternative(pk=item.pk, words=called(item), is_chosen=item == chosen)
                    for item in alternatives
                ],
                is_answered=preferred is not None,
            )
        )
    return questions


def chosen_in(questions: Iterable[Question]) -> frozenset[int]:
    """The incentives that the advocate would be given, of those to choose from."""
    return frozenset(
        item.pk for question in questions for item in question.alternatives if item.is_chosen
    )


def _earned_by(incentive: Incentive) -> str:
    number = incentive.number or 0
    match incentive.trigger:
        case Trigger.SIGN_UP:
            text = _("When a friend registers:")
        case Trigger.NTH_ORDER:
            text = _("For a friend's order number %(number)d:")
        case Trigger.ORDER_OVER:
            text = _("For a friend's first order that comes to enough:")
        case Trigger.MILESTONE:
            text = ngettext(
                "After %(number)d successful referral:",
                "After %(number)d successful referrals:",
                number,
            )
        case Trigger.EVERY_NTH:
            text = ngettext(
                "For every successful referral:",
                "For every %(number)d successful referrals:",
                number,
            )
        case _first_order:
            text = _("For a friend's first order:")
    return text % {"number": number}
