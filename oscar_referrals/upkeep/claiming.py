"""Rows that one worker handles while the others go on with the next ones."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from oscar_referrals.upkeep.progress import Progress

logger = logging.getLogger(__name__)

#: Rows that are read at a time.
BATCH = 50


def one_by_one(
    rows: QuerySet[Any],
    handle: Callable[[Any], int],
    *,
    subject: Callable[[Any], str],
    progress: Progress | None = None,
) -> Progress:
    """Hand each of ``rows`` to ``handle``, which answers how much it did, under the row's lock.

    Each is a transaction of its own, so that a row that fails harms no other; it is counted as
    failed under the name that ``subject`` gives it. A row that somebody else has locked is left
    to them. Whether it still is one of ``rows`` is asked again under the lock, for somebody else
    may have been faster.
    """
    found = progress or Progress()
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            try:
                with transaction.atomic():
                    mine = claim(rows, row.pk)
                    done = 0 if mine is None else handle(mine)
            except Exception as error:
                logger.exception("%s could not be handled", subject(row))
                found.fail(subject(row), error)
                done = 1
            if done:
                found.step(done)
    return found


def claim(rows: QuerySet[Any], pk: int) -> Any:
    """Lock one of the rows; None if somebody else has it, or it is none of them any more.

    Must run inside a transaction.
    """
    itself = rows.model._base_manager.filter(pk=pk).order_by().values_list("pk")
    if not itself.select_for_update(skip_locked=True, no_key=True):
        return None
    return rows.filter(pk=pk).first()
