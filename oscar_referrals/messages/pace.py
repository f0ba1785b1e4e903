"""At most one message in ``MAIL_PAUSE`` per person, of those that are no answer and no reward.

A person's row is taken by one conditional update, so two workers never send to one person at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q

from oscar_referrals import conf
from oscar_referrals.messages.models import LastMail
from oscar_referrals.messages.recipients import Recipient


class TooSoon(Exception):
    """The person has had such a message lately; `until` is when the next one may come."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until:%Y-%m-%d %H:%M}")
        self.until = until


@contextmanager
def turn(recipient: Recipient, now: datetime) -> Iterator[None]:
    """Within, the person's next message is sent. Raises TooSoon; a failure gives the turn back."""
    pause = conf.get().MAIL_PAUSE
    LastMail.objects.bulk_create([LastMail(**recipient.identity)], ignore_conflicts=True)
    itself = LastMail.objects.filter(**recipient.identity)
    # What was sent to a guest counts for the account that they have opened since.
    latest = max(filter(None, _of(recipient)), default=None)
    if latest is not None and latest > now - pause:
        raise TooSoon(latest + pause)
    before = itself.values_list("sent_at", flat=True).get()
    if not itself.filter(_is_free(now)).update(sent_at=now):
        raise TooSoon(now + pause)
    try:
        yield
    except BaseException:
        itself.filter(sent_at=now).update(sent_at=before)
        raise


def _is_free(now: datetime) -> Q:
    return Q(sent_at=None) | Q(sent_at__lte=now - conf.get().MAIL_PAUSE)


def _of(recipient: Recipient) -> list[datetime | None]:
    return list(LastMail.objects.filter(recipient.rows()).values_list("sent_at", flat=True))
