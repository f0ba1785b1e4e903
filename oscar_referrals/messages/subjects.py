"""Which program a message is about."""

from __future__ import annotations

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.models import Program


def program_of(message: OutboxMessage) -> Program | None:
    """That of what it is about; None where that is gone.

    It is noted with the message; one from before that costs a query where it answers a claim.
    """
    if message.program is not None:
        return message.program
    for subject in (message.reward, message.referral, message.claim, message.advocate):
        if subject is not None:
            return subject.program
    if message.late_claim is not None:
        return program_asked(message.late_claim)
    return None


def note_program(message: OutboxMessage) -> None:
    """Write down the program of a new message, without a query except for a claim's answer."""
    for subject in (message.reward, message.referral, message.claim, message.advocate):
        if subject is not None:
            message.program_id = subject.program_id
            return
    if message.late_claim is not None:
        message.program = program_asked(message.late_claim)


def program_asked(late_claim: LateClaim) -> Program | None:
    """The program that a claim after an order was meant for: the live one of the order's site.

    What was declined belongs to none; while none is live the site's latest one answers.
    """
    if late_claim.order is None:
        return None
    found = Program.objects.filter(
        site=late_claim.order.site, current_version__isnull=False
    ).select_related("site", "current_version")
    live = found.filter(status=Program.Status.LIVE).first()
    return live or found.order_by("-pk").first()
