"""Telling members that the program has a new version: one mail each, owed in batches by the work.

Publishing owes nothing, so it is as quick with a million members as with one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.terms_change import GOING_ON
from oscar_referrals.messages.events import TERMS_CHANGED
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.outbox import put_all
from oscar_referrals.messages.truth import terms_notice_key, terms_notice_keys, terms_notice_prefix
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.upkeep.progress import Progress, Watcher

#: Mails that are owed with one insert.
BATCH = 500
#: A version that is older is no news: nothing is looked up for it, and nobody is told years later.
PERIOD = timedelta(days=30)
#: Whoever was joining when a version came, for at most so long, accepted the earlier one after it.
LONGEST_JOINING = timedelta(days=1)


def count_due(*, now: datetime | None = None) -> int:
    """How many members are to be told now."""
    moment = now or timezone.now()
    found = 0
    for version in _news(moment):
        told = _told_up_to(version)
        found += _members_after(told, version).count() + _latecomers(told, version).count()
    return found


def owe_due(*, now: datetime | None = None, watcher: Watcher | None = None) -> Progress:
    """Owe a mail to each member who accepted an earlier version than the current one.

    The keys of the mails are the only memory: whatever a crash left undone is done by the next
    run, and several workers at once owe nothing twice. Members are told in their order; whose
    membership was committed only after its turn is found by what they accepted, and when.
    """
    moment = now or timezone.now()
    progress = Progress(watcher=watcher)
    for version in _news(moment):
        for waiting in (_members_after, _latecomers):
            while members := list(waiting(_told_up_to(version), version)[:BATCH]):
                _tell(members, version, moment)
                progress.step(len(members))
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


def _members_after(told: int, version: ProgramVersion) -> QuerySet[Advocate]:
    """Whoever is to be told and comes after the last member who was."""
    return _concerned(version).filter(pk__gt=told)


def _latecomers(told: int, version: ProgramVersion) -> QuerySet[Advocate]:
    """Whoever is to be told, and was committed after others behind them had been told.

    Looks at those alone who accepted an earlier version at its end or after it, asked for first:
    a database would rather look at all members, in each of the many runs that find nobody.
    """
    if version.published_at is None:
        return Advocate.objects.none()
    begins = version.published_at - LONGEST_JOINING
    lately = TermsAcceptance.objects.filter(
        accepted_at__gt=begins, terms__version__program=version.program_id
    ).exclude(terms__version=version)
    return _concerned(version).filter(
        ~Exists(OutboxMessage.objects.filter(key=terms_notice_keys(version))),
        pk__in=list(lately.order_by().values_list("advocate", flat=True)),
        pk__lte=told,
    )


def _concerned(version: ProgramVersion) -> QuerySet[Advocate]:
    """Members who accepted something, but not this version."""
    receipts = TermsAcceptance.objects.filter(advocate=OuterRef("pk"))
    return (
        Advocate.objects.filter(
            Exists(receipts.exclude(terms__version=version)),
            ~Exists(receipts.filter(terms__version=version)),
            program_id=version.program_id,
            joined_at__isnull=False,
            left_at=None,
            user__isnull=False,
        )
        .select_related("user")
        .order_by("pk")
    )


def _told_up_to(version: ProgramVersion) -> int:
    """The number of the last member who was told; 0 before the first one."""
    prefix = terms_notice_prefix(version)
    keys = OutboxMessage.objects.filter(key__startswith=prefix).order_by("-key")
    last = keys.values_list("key", flat=True).first()
    return int(last.removeprefix(prefix)) if last is not None else 0


def _tell(members: list[Advocate], version: ProgramVersion, now: datetime) -> None:
    """Owe one batch by one insert; who was told by another worker meanwhile is passed over."""
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
