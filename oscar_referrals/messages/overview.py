"""What became of a program's messages of each kind lately; one query, by when they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from oscar_referrals.messages.given_up import NOBODYS_FAULT, TOO_SOON
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.models import Program

#: The period that the overview is about.
PERIOD = timedelta(days=30)

State = OutboxMessage.State


@dataclass
class Outcome:
    """Messages of one kind."""

    sent: int = 0
    waiting: int = 0
    #: Something has to be repaired.
    failed: int = 0
    #: The person, or the program's staff, wants none.
    unwanted: int = 0
    #: The person had had another one lately.
    capped: int = 0
    #: No longer true, or nobody left to write to.
    needless: int = 0


def outcomes(program: Program, now: datetime) -> Mapping[str, Outcome]:
    """By event; only of those of which there is any."""
    rows = (
        OutboxMessage.objects.filter(program=program, created_at__gt=now - PERIOD)
        .values_list("event", "state", "error")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found: dict[str, Outcome] = {}
    for event, state, error, number in rows:
        outcome = found.setdefault(event, Outcome())
        name = _name(state, error)
        setattr(outcome, name, getattr(outcome, name) + number)
    return found


def _name(state: str, error: str) -> str:
    if state == State.SENT:
        return "sent"
    if state == State.HELD:
        return "capped" if error == TOO_SOON else "unwanted"
    if state == State.FAILED:
        return "needless" if error in NOBODYS_FAULT else "failed"
    return "waiting"
