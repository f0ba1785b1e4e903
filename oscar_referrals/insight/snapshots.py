"""The books added up once a week, so that a report reads what was booked since and not everything.

A snapshot holds all that was booked before a moment. Bookings are never changed or deleted, so it
stays right for ever unless another one appears that says it was booked earlier: by work that took
very long, or a history that was imported. Each snapshot therefore knows how many entries it was
made of. As long as the books have just as many before its moment they are the same ones; otherwise
it is not used, and made again. Nobody has to trust it: `check_ledger` compares it with the postings
(I11), and without any the reports read everything and say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.db.models.functions import TruncDate

from oscar_referrals.insight.breakage import History, Lapsed, lapsed_between
from oscar_referrals.insight.legs import owed_legs
from oscar_referrals.insight.models import LedgerSnapshot, SnapshotBalance, SnapshotLapsed
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import LedgerEntry

#: From one snapshot to the next.
EVERY = timedelta(days=7)
#: A Monday at midnight in UTC, from which the moments are counted.
FIRST_MONDAY = datetime(1990, 1, 1, tzinfo=UTC)
#: What is booked becomes visible when the work on it ends, nearly always within a second.
SETTLED_AFTER = timedelta(days=1)
#: Snapshots that one run of the periodic work makes: a shop that has years of books gets there.
AT_ONCE = 10
#: Breakage is measured on the last of their moments that is so far back. Even by the end of today
#: that one can have been made.
MEASURED_AFTER = SETTLED_AFTER + timedelta(days=1)

#: (program, unit, kind of account, day in UTC on which it was earned, can expire) → sum of legs.
Balances = dict[tuple[int, str, str, date, bool], int]


@dataclass
class Contents:
    """What a snapshot holds."""

    before: datetime
    entries: int = 0
    balances: Balances = field(default_factory=dict)
    history: History = field(default_factory=dict)


def latest_snapshot(before: datetime) -> LedgerSnapshot | None:
    """The newest one of nothing that was booked at ``before`` or later; None if it can't be used.

    Two queries. The second counts the entries that it must have been made of.
    """
    found = LedgerSnapshot.objects.filter(before__lte=before).last()
    return found if found is not None and _is_right(found) else None


def make_snapshots(now: datetime, *, at_most: int | None = AT_ONCE) -> int:
    """Make those that are due, the oldest first; returns how many. May run several times at once.

    Those that a late booking has made wrong are thrown away before, with all after them.
    """
    _throw_away_wrong()
    last = LedgerSnapshot.objects.last()
    contents = None if last is None else contents_of(last)
    made = 0
    for before in _due(contents, now):
        if made == at_most:
            break
        contents = added_up(contents, before)
        if not store(contents):
            break
        made += 1
    return made


def make_all_again(now: datetime) -> int:
    """Throw all away and make them from the postings; returns how many."""
    LedgerSnapshot.objects.all().delete()
    return make_snapshots(now, at_most=None)


def count_due(now: datetime) -> int:
    """How many are to be made, should none be wrong."""
    last = LedgerSnapshot.objects.last()
    return sum(1 for _ in _due(None if last is None else Contents(last.before), now))


def wrong_snapshots() -> Iterator[LedgerSnapshot]:
    """I11: those in use that say anything else than the postings. Reads all of them."""
    earlier: Contents | None = None
    for snapshot in LedgerSnapshot.objects.all():
        stored = contents_of(snapshot)
        made = added_up(earlier, snapshot.before)
        if made.entries != stored.entries:
            # A late booking: neither this one nor any after it is in use.
            return
        if made != stored:
            yield snapshot
        earlier = stored


def added_up(earlier: Contents | None, before: datetime) -> Contents:
    """All that was booked before a moment: an earlier snapshot, and the postings since then."""
    since = None if earlier is None else earlier.before
    # Counted first: what is booked in between, it lacks, and is not used.
    entries = _entries(since, before) + (0 if earlier is None else earlier.entries)
    balances: Balances = {} if earlier is None else dict(earlier.balances)
    legs = (
        owed_legs(since=since, before=before)
        .annotate(earned_on=TruncDate("entry__reward__created_at", tzinfo=UTC))
        .values_list("account__program", "account__unit", "account__kind", "earned_on", "expires")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    for program, unit, kind, earned_on, expires, total in legs:
        key = program, unit, kind, earned_on, bool(expires)
        balances[key] = balances.get(key, 0) + total
    history = lapsed_between(
        since, before, start={} if earlier is None else earlier.history, program=None
    )
    return Contents(
        before=before,
        entries=entries,
        balances={key: total for key, total in balances.items() if total},
        history={key: lapsed for key, lapsed in history.items() if lapsed.number},
    )


def contents_of(snapshot: LedgerSnapshot) -> Contents:
    """What its rows hold; two queries."""
    balances = snapshot.balances.values_list(
        "program", "unit", "kind", "earned_on", "can_expire", "amount"
    )
    return Contents(
        before=snapshot.before,
        entries=snapshot.entries,
        balances={
            (program, unit, kind, earned_on, can_expire): amount
            for program, unit, kind, earned_on, can_expire, amount in balances
        },
        history=history_of(snapshot),
    )


def history_of(snapshot: LedgerSnapshot, program: Program | None = None) -> History:
    """What breakage is measured on, by program and unit; one query."""
    rows = snapshot.lapsed.all() if program is None else snapshot.lapsed.filter(program=program)
    return {
        (row.program_id, row.unit): Lapsed(number=row.number, value=row.value, lapsed=row.lapsed)
        for row in rows
    }


def measured_history(
    before: datetime, program: Program | None, later: LedgerSnapshot | None
) -> History:
    """What breakage is measured on: all that was booked before one of the snapshots' moments.

    Two queries where that snapshot is there. Without it the answer is the same. ``later`` is one
    that is right: so are those before it, of which it was made.
    """
    moment = monday_before(before - MEASURED_AFTER)
    if later is None:
        snapshot = latest_snapshot(moment)
    else:
        snapshot = LedgerSnapshot.objects.filter(before__lte=moment).last()
    if snapshot is None:
        return lapsed_between(None, moment, start={}, program=program)
    start = history_of(snapshot, program)
    if snapshot.before == moment:
        return start
    return lapsed_between(snapshot.before, moment, start=start, program=program)


def monday_before(moment: datetime) -> datetime:
    """The last moment of a snapshot that is not after it."""
    return FIRST_MONDAY + (moment - FIRST_MONDAY) // EVERY * EVERY


def _is_right(snapshot: LedgerSnapshot) -> bool:
    return _entries(None, snapshot.before) == snapshot.entries


def _entries(since: datetime | None, before: datetime) -> int:
    entries = LedgerEntry.objects.filter(booked_at__lt=before)
    return (entries if since is None else entries.filter(booked_at__gte=since)).count()


def _due(last: Contents | None, now: datetime) -> Iterator[datetime]:
    if last is not None:
        before = last.before + EVERY
    else:
        first = LedgerEntry.objects.order_by("booked_at").values_list("booked_at", flat=True)[:1]
        if not first:
            return
        before = monday_before(first[0]) + EVERY
    while before <= now - SETTLED_AFTER:
        yield before
        before += EVERY


def _throw_away_wrong() -> None:
    """Those that lack a late booking, and all after them, which are made from them."""
    newest = LedgerSnapshot.objects.last()
    if newest is None or _is_right(newest):
        return
    earlier, number = None, 0
    for snapshot in LedgerSnapshot.objects.all():
        number += _entries(earlier, snapshot.before)
        if number != snapshot.entries:
            LedgerSnapshot.objects.filter(before__gte=snapshot.before).delete()
            return
        earlier = snapshot.before


@transaction.atomic
def store(contents: Contents) -> bool:
    """Keep it; False if somebody else has just made it."""
    try:
        with transaction.atomic():
            snapshot = LedgerSnapshot.objects.create(
                before=contents.before, entries=contents.entries
            )
    except IntegrityError:
        return False
    SnapshotBalance.objects.bulk_create(
        (
            SnapshotBalance(
                snapshot=snapshot,
                program_id=program,
                unit=unit,
                kind=kind,
                earned_on=earned_on,
                can_expire=can_expire,
                amount=amount,
            )
            for (program, unit, kind, earned_on, can_expire), amount in contents.balances.items()
        ),
        batch_size=1000,
    )
    SnapshotLapsed.objects.bulk_create(
        SnapshotLapsed(
            snapshot=snapshot,
            program_id=program,
            unit=unit,
            number=lapsed.number,
            value=lapsed.value,
            lapsed=lapsed.lapsed,
        )
        for (program, unit), lapsed in contents.history.items()
    )
    return True
