"""The name under which an advocate stands on the leaderboard, which nobody is on unasked."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from oscar_referrals.decency import is_decent
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.base import Refusal

LENGTH = range(3, 31)
#: What may stand in it besides letters and digits: no markup, no address, no line break.
MARKS = frozenset(" -_.'’")


class AliasRefused(Exception):
    """The advocate can't have this alias; `refusal` has the reason code."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def set_alias(*, advocate: Advocate, alias: str, on_leaderboard: bool) -> Advocate:
    """Choose the alias and whether to be on the leaderboard; an alias is needed only there.

    Another alias than the one that staff have hidden is shown again. Raises AliasRefused:
    `ALIAS_NOT_ALLOWED` for its length, its characters or a word in it, `ALIAS_TAKEN` if somebody
    else of the program has it, in whatever case.
    """
    text = " ".join(alias.split())
    if (text or on_leaderboard) and not _is_allowed(text):
        raise AliasRefused(Refusal(reason=reasons.ALIAS_NOT_ALLOWED))
    if text.casefold() != advocate.alias.casefold():
        advocate.alias_hidden_at, advocate.alias_hidden_reason = None, ""
    advocate.alias, advocate.on_leaderboard = text, on_leaderboard
    try:
        with transaction.atomic():
            advocate.save(
                update_fields=[
                    "alias",
                    "on_leaderboard",
                    "alias_hidden_at",
                    "alias_hidden_reason",
                ]
            )
    except IntegrityError as error:
        advocate.refresh_from_db()
        raise AliasRefused(Refusal(reason=reasons.ALIAS_TAKEN)) from error
    return advocate


def hide_alias(*, advocate: Advocate, reason: str, now: datetime | None = None) -> Advocate:
    """Take the alias off the leaderboard until its owner chooses another one, who reads why."""
    advocate.alias_hidden_at = now or timezone.now()
    advocate.alias_hidden_reason = reason.strip()[:200]
    advocate.save(update_fields=["alias_hidden_at", "alias_hidden_reason"])
    return advocate


def show_alias(*, advocate: Advocate) -> Advocate:
    """Put a hidden alias back."""
    advocate.alias_hidden_at, advocate.alias_hidden_reason = None, ""
    advocate.save(update_fields=["alias_hidden_at", "alias_hidden_reason"])
    return advocate


def _is_allowed(text: str) -> bool:
    return (
        len(text) in LENGTH
        and all(character.isalnum() or character in MARKS for character in text)
        and sum(character.isalnum() for character in text) >= LENGTH.start
        and is_decent(text)
    )
