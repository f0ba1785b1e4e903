"""I7: no booking is ever changed or deleted, because the database refuses."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from oscar_referrals import guards
from oscar_referrals.rewards.finding import Finding


def unguarded_tables() -> Iterator[Finding]:
    """Each table whose triggers are missing; nothing on a database for which there are none."""
    for table in guards.missing(connection):
        detail = "its rows can be changed by SQL: run migrate to put the guard on again"
        yield Finding(invariant="I7", subject=table, detail=detail)
