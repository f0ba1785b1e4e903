"""The outbox: mails are owed in the transaction that makes their occasion, and sent by the work.

No shopper waits for a mail server: owing a mail is one insert, and sending it is the business of
``referrals_work``. A unique key names the occasion, so none is owed twice. A worker takes a message
for itself before it sends it, so none is sent by two. A worker that dies between sending and noting
so sends one again: the one case in which a mail server leaves the choice between twice and never.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.compose import BrokenText
from oscar_referrals.messages.delivery import BROKEN_TEXT, GivenUp, HeldBack, deliver
from oscar_referrals.messages.given_up import TOO_SOON
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.pace import TooSoon
from oscar_referrals.messages.subjects import note_program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.upkeep.progress import Progress, Watcher

logger = logging.getLogger(__name__)

State = OutboxMessage.State

#: Messages that one worker takes at a time.
BATCH = 20
#: The pause after the first failed attempt; each further one is three times as long.
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=12)
#: For so long nobody else sends what a worker has taken.
LEASE = timedelta(minutes=15)


def put(
    *,
    key: str,
    event: str,
    user: Any,
    language: str = "",
    advocate: Advocate | None = None,
    referral: Referral | None = None,
    reward: Reward | None = None,
    claim: Claim | None = None,
    due: datetime | None = None,
    now: datetime | None = None,
) -> None:
    """Owe ``user`` a mail about ``event``, once per ``key``, if the current transaction commits.

    It is sent by `send_due`, never in the request that owes it; not before ``due`` (default: now).
    With a user of None it goes to the guest of ``referral``'s order; an erased account is noted as
    given up, with the reason. One query.
    """
    moment = due or now or timezone.now()
    put_all(
        [
            OutboxMessage(
                key=key,
                event=event,
                user=user,
                language=language,
                advocate=advocate,
                referral=referral,
                reward=reward,
                claim=claim,
                due_at=moment,
                next_attempt_at=moment,
            )
        ]
    )


def put_all(messages: Sequence[OutboxMessage]) -> None:
    """Owe several mails in one query; those whose keys are known already are passed over."""
    for message in messages:
        if message.program_id is None:
            note_program(message)
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)


def count_due(*, now: datetime | None = None) -> int:
    """How many messages are to be sent now."""
    return _due(now or timezone.now()).count()


def send_due(
    *, limit: int | None = None, now: datetime | None = None, watcher: Watcher | None = None
) -> Progress:
    """Send what is due, at most ``limit``. A message that fails harms no other and is tried again.

    Several workers share the messages between them.
    """
    moment = now or timezone.now()
    progress = Progress(watcher=watcher)
    while limit is None or progress.handled < limit:
        size = BATCH if limit is None else min(BATCH, limit - progress.handled)
        claimed = _claim(moment, size)
        if not claimed:
            break
        for message in claimed:
            _send(message, moment, progress)
            progress.step()
    return progress


def resend(*, message: OutboxMessage, now: datetime | None = None) -> OutboxMessage:
    """Send a message once more, also one that was sent or given up; returns it as it is then."""
    moment = now or timezone.now()
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=State.WAITING, attempts=0, next_attempt_at=moment, error=""
    )
    transaction.on_commit(partial(_try_now, message.key, moment))
    message.refresh_from_db()
    return message


def _due(now: datetime) -> Any:
    return OutboxMessage.objects.filter(state=State.WAITING, next_attempt_at__lte=now)


def _try_now(key: str, now: datetime) -> None:
    """One attempt for the member of staff who asked for it; never raises."""
    try:
        for message in _claim(now, 1, key=key):
            _send(message, now, Progress())
    except Exception:
        logger.exception("The message %s was not sent; the work repeats it", key)


def _claim(now: datetime, size: int, key: str | None = None) -> list[OutboxMessage]:
    """Take some messages for this worker alone, by making them due later."""
    with transaction.atomic():
        rows = _due(now).order_by("next_attempt_at", "pk")
        if key is not None:
            rows = rows.filter(key=key)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:size])
        OutboxMessage.objects.filter(pk__in=ids).update(
            next_attempt_at=now + LEASE, attempts=F("attempts") + 1
        )
    return list(
        OutboxMessage.objects.filter(pk__in=ids)
        .select_related(
            "user",
            "program__site",
            "program__current_version",
            "advocate__program__site",
            "advocate__program__current_version",
            "reward__incentive",
            "reward__advocate",
            "reward__program",
            "reward__referral__version__program__site",
            "referral__order",
            "referral__advocate__user",
            "referral__program__current_version",
            "referral__version__program__site",
            "referral__version__program__current_version",
            "late_claim__order__site",
            "claim__version__program__site",
            "claim__program__site",
            "claim__code__advocate__user",
            "claim__code__program",
        )
        .order_by("pk")
    )


def _send(message: OutboxMessage, now: datetime, progress: Progress) -> None:
    row = OutboxMessage.objects.filter(pk=message.pk)
    try:
        deliver(message, now)
    except HeldBack as why:
        row.update(state=State.HELD, error=str(why)[:200])
    except GivenUp as why:
        row.update(state=State.FAILED, error=str(why)[:200])
    except TooSoon as pause:
        row.update(**_postponed(message, pause.until))
    except Exception as error:
        logger.exception("The message %s could not be sent", message.key)
        progress.fail(message.key, error)
        finished = message.attempts >= conf.get().MAIL_ATTEMPTS
        row.update(
            state=State.FAILED if finished else State.WAITING,
            next_attempt_at=now + _pause(message.attempts),
            error=_told(error)[:200],
        )
    else:
        row.update(state=State.SENT, sent_at=now, error="")


def _postponed(message: OutboxMessage, until: datetime) -> dict[str, Any]:
    """It waits for its turn; what would come late by a whole pause has lost its occasion."""
    due = message.due_at or message.created_at
    if until > due + conf.get().MAIL_PAUSE:
        return {"state": State.HELD, "error": TOO_SOON}
    # Waiting is no attempt.
    return {"next_attempt_at": until, "error": TOO_SOON, "attempts": message.attempts - 1}


def _told(error: Exception) -> str:
    if isinstance(error, BrokenText):
        return f"{BROKEN_TEXT}{error}"
    return f"{type(error).__name__}: {error}"


def _pause(attempts: int) -> timedelta:
    return min(LONGEST_PAUSE, FIRST_PAUSE * 3 ** min(attempts - 1, 10))
