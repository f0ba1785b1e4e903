"""What a live program offers also changes when nobody does anything: by its dates and its budget.

Whoever keeps pages that speak of the offer has to hear of that. A look at the clock can't tell
whether they did, so what was told last is kept in the program's row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.checkout import used_up
from oscar_referrals.programs.models import Program
from oscar_referrals.upkeep.progress import Progress, Watcher


class OfferState(models.TextChoices):
    """What a live program offers; not shown to anybody."""

    WAITING = "waiting"
    OPEN = "open"
    USED_UP = "used-up"
    OVER = "over"


def state_of(
    *, starts_at: datetime | None, ends_at: datetime | None, is_used_up: bool, now: datetime
) -> OfferState:
    """What is offered at ``now``; the first and the last moment as in `programs.live`."""
    if starts_at is not None and now < starts_at:
        return OfferState.WAITING
    if ends_at is not None and ends_at <= now:
        return OfferState.OVER
    return OfferState.USED_UP if is_used_up else OfferState.OPEN


def tell_changes(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Announce `signals.offer_changed` for each live program whose offer is another than told.

    Once for each change, however many do this at the same time. A version that has just been
    published counts as a change as well, though its publication has been announced.
    """
    progress = Progress(watcher=watcher)
    now = now or timezone.now()
    live = Program.objects.filter(status=Program.Status.LIVE, current_version__isnull=False)
    for program in live.select_related("current_version"):
        version = program.current_version
        assert version is not None
        version.program = program
        state = state_of(
            starts_at=version.starts_at,
            ends_at=version.ends_at,
            is_used_up=used_up.look(version),
            now=now,
        )
        if _tell(program, f"{version.pk}:{state.value}", state):
            progress.step()
    return progress


def _tell(program: Program, told: str, state: OfferState) -> bool:
    if program.offer_told == told:
        return False
    with transaction.atomic():
        # Of several that saw the change, one writes it.
        mine = Program.objects.filter(pk=program.pk, offer_told=program.offer_told)
        if not mine.update(offer_told=told):
            return False
        program.offer_told = told
        signals.announce(signals.offer_changed, program=program, state=state.value)
    return True
