"""Telling members that the program has a new version: one mail each, owed in batches by the work.

Publishing owes nothing, so it is as quick with a million members as with one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.terms_change import GOING_ON
from oscar_referrals.messages.kinds import TERMS_CHANGED
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.outbox import put_all
from oscar_referrals.messages.truth import terms_notice_key, terms_notice_prefix
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.upkeep.progress import Progress, Watcher

#: Mails that are owed with one insert.
BATCH = 500
#: A version that is older is no news: nothing is looked up for it, and nobody is told years later.
PERIOD = timedelta(days=30)


def count_due(*, now: datetime | None = None) -> int:
    """How many members are to be told now."""
    moment = now or timezone.now()
    return sum(_members_to_tell(version).count() for version in _news(moment))


def owe_due(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Owe a mail to each member who accepted an earlier version than the current one.

    The keys of the mails are the only memory: whatever a crash left undone is done by the next
    run, and several workers at once owe nothing twice.
    """
    moment = now or timezone.now()
    progress = Progress(watcher=watcher)
    for version in _news(moment):
        while told := _tell_some(version, moment):
            progress.step(told)
    return progress


def _news(now: datetime) -> QuerySet[ProgramVersion]:
    """Versions that have lately replaced others, of programs that go on."""
    return ProgramVersion.objects.filter(
        status=ProgramVersion.Status.PUBLISHED,
        number__gt=1,
        published_at__gt=now - PERIOD,
        published_at__lte=now,
        program__status__in=GOING_ON,
    ).order_by("pk")


def _members_to_tell(version: ProgramVersion) -> QuerySet[Advocate]:
    """After the last member who was told, those who accepted something, but not this version."""
    receipts = TermsAcceptance.objects.filter(advocate=OuterRef("pk"))
    return Advocate.objects.filter(
        Exists(receipts.exclude(terms__version=version)),
        ~Exists(receipts.filter(terms__version=version)),
        program_id=version.program_id,
        pk__gt=_told_up_to(version),
        joined_at__isnull=False,
        left_at=None,
        user__isnull=False,
    ).order_by("pk")


def _told_up_to(version: ProgramVersion) -> int:
    prefix = terms_notice_prefix(version)
    keys = OutboxMessage.objects.filter(key__startswith=prefix).order_by("-key")
    last = keys.values_list("key", flat=True).first()
    return int(last.removeprefix(prefix)) if last is not None else 0


def _tell_some(version: ProgramVersion, now: datetime) -> int:
    """One batch, in the order of the members: two queries to read, one to write."""
    members = list(_members_to_tell(version).select_related("user")[:BATCH])
    put_all(
        [
            OutboxMessage(
                key=terms_notice_key(version, member),
                event=TERMS_CHANGED,
                user=member.user,
                language=member.language,
                advocate=member,
                due_at=now,
                next_attempt_at=now,
            )
            for member in members
        ]
    )
    return len(members)
