"""Whether a page may invite to the program now, and what it says where it may not."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.checkout import used_up
from oscar_referrals.money import format_day
from oscar_referrals.programs.live import LiveOffer, latest_program, live_offer
from oscar_referrals.programs.models import Program

Status = Program.Status


class ProgramState(NamedTuple):
    """Either an offer, or the sentence that stands in its place."""

    offer: LiveOffer | None
    text: str = ""


def program_state(request: HttpRequest) -> ProgramState:
    """The live offer, else why there is none: two queries, three before a live program's first day.

    That a program was stopped at once is told to nobody: it reads as if there were none.
    """
    offer = live_offer(request)
    if offer is None:
        return ProgramState(None, why_closed(latest_program(request)))
    if used_up.for_pages(offer.version):
        return ProgramState(
            None,
            _(
                "The offer is used up: friends can't claim it at the moment, and new referrals "
                "earn no reward."
            ),
        )
    return ProgramState(offer)


def why_closed(program: Program | None, *, has_account: bool = False) -> str:
    """Why nobody is offered anything by this program, or where there is none: no query.

    Whoever has an account may have earned something, and reads in any case that it stays.
    """
    version = program.current_version if program is not None else None
    if program is None or version is None or program.status == Status.STOPPED:
        if has_account:
            return _(
                "There is no open referral program at the moment. Everything earned so far stays."
            )
        return _("There is no referral program at the moment.")
    if program.status == Status.PAUSED:
        return _(
            "The program is paused: new friends can't claim the offer at the moment. Everything "
            "earned so far stays."
        )
    starts_at = version.starts_at
    if program.status == Status.LIVE and starts_at is not None and starts_at > timezone.now():
        return _("The program begins on %(day)s.") % {"day": format_day(starts_at)}
    return _(
        "The program has ended: friends can't claim the offer any more. Everything earned so far "
        "stays."
    )
