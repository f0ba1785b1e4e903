"""Pausing, resuming, ending and stopping a program."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals import signals
from oscar_referrals.programs.models import Program
from oscar_referrals.programs.problems import live_rival, rival_text

logger = logging.getLogger(__name__)
Status = Program.Status

#: From which states each state can be reached by hand. Publishing makes a draft live.
ALLOWED = {
    Status.PAUSED: (Status.LIVE,),
    Status.LIVE: (Status.PAUSED, Status.STOPPED),
    Status.ENDED: (Status.LIVE, Status.PAUSED, Status.STOPPED),
    Status.STOPPED: (Status.LIVE, Status.PAUSED, Status.ENDED),
}


class NotPossible(Exception):
    """The program can't be brought into that state; the text says why, translated."""


def pause(*, program: Program, actor: Any = None, reason: str = "") -> Program:
    """Take no new claims for now; earlier ones are honoured for the wind-down."""
    return _change(program, Status.PAUSED, actor, reason)


def resume(*, program: Program, actor: Any = None, reason: str = "") -> Program:
    """Make a paused or stopped program live again."""
    return _change(program, Status.LIVE, actor, reason)


def end(*, program: Program, actor: Any = None, reason: str = "") -> Program:
    """Take no new claims for good; earlier ones are honoured for the wind-down."""
    return _change(program, Status.ENDED, actor, reason)


def stop(*, program: Program, actor: Any = None, reason: str = "") -> Program:
    """Honour no claim from now on, because something has leaked. Rewards earned stay."""
    return _change(program, Status.STOPPED, actor, reason)


def may_become(program: Program, status: str) -> bool:
    """Can the program be brought into that state from the one it is in?"""
    return program.status in ALLOWED.get(Status(status), ())


def _change(program: Program, status: Status, actor: Any, reason: str) -> Program:
    try:
        with transaction.atomic():
            return _change_locked(program, status, actor, reason)
    except IntegrityError as error:
        raise NotPossible(
            _("Another program of this site has gone live in the meantime.")
        ) from error


def _change_locked(program: Program, status: Status, actor: Any, reason: str) -> Program:
    locked = Program.objects.select_for_update().get(pk=program.pk)
    if not may_become(locked, status):
        raise NotPossible(_refusal(locked, status))
    if status == Status.LIVE:
        rival = live_rival(locked)
        if rival is not None:
            raise NotPossible(rival_text(rival))
    now = timezone.now()
    locked.status_changed_at = _status_time(locked, status, now)
    locked.status = status
    locked.status_reason = reason
    locked.save(update_fields=["status", "status_changed_at", "status_reason"])
    logger.info(
        "Referral program %s is now %s (by %s): %s", locked.pk, status.value, actor or "-", reason
    )
    signals.announce(signals.program_status_changed, program=locked, status=status.value)
    return locked


def _status_time(program: Program, status: Status, now: datetime) -> datetime:
    """Wind-down counts from the first moment at which no claim was taken."""
    if program.status == Status.PAUSED and status == Status.ENDED and program.status_changed_at:
        return program.status_changed_at
    return now


def _refusal(program: Program, status: Status) -> str:
    names = {"name": program.name, "status": program.get_status_display()}
    if program.status == status:
        return _("“%(name)s” is in this state already: %(status)s.") % names
    if program.status == Status.DRAFT:
        return _("“%(name)s” has not been published yet.") % names
    return _("This is not possible: “%(name)s” is in the state “%(status)s”.") % names
