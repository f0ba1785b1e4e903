"""Mails that keep in touch, owed with the day on which they are due."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.events import FOLLOW_UPS, SHARE_REMINDER
from oscar_referrals.messages.models import OutboxMessage


def follow_ups(referral: Referral) -> list[OutboxMessage]:
    """Thanks, help and an invitation after a friend's first order that counted.

    Whether the friend wants them is asked when they are due. Without those whose time is over
    when the order is credited late.
    """
    now, pause = timezone.now(), conf.get().MAIL_PAUSE
    claim = referral.claim
    found = []
    for event, days in zip(FOLLOW_UPS, conf.get().FOLLOW_UP_DAYS, strict=False):
        due = referral.created_at + timedelta(days=days)
        if due < now - pause:
            continue
        found.append(
            OutboxMessage(
                key=f"{event}:{referral.pk}",
                event=event,
                user=referral.friend,
                language=claim.language if claim is not None else "",
                referral=referral,
                due_at=due,
                next_attempt_at=due,
            )
        )
    return found


def share_reminder(advocate: Advocate) -> list[OutboxMessage]:
    """One reminder some days after joining; whether the link was opened is asked when it is due."""
    after = conf.get().SHARE_REMINDER_AFTER
    if after is None or advocate.joined_at is None:
        return []
    due = advocate.joined_at + after
    return [
        OutboxMessage(
            key=f"{SHARE_REMINDER}:{advocate.pk}",
            event=SHARE_REMINDER,
            user=advocate.user,
            language=advocate.language,
            advocate=advocate,
            due_at=due,
            next_attempt_at=due,
        )
    ]
