"""``manage.py referrals_snapshots``: add up the books for reports, now and not bit by bit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from oscar_referrals.insight import snapshots


class Command(BaseCommand):
    """Only for large books or after a finding: the periodic work makes them by itself."""

    help = (
        "Makes the weekly snapshots of the ledger that reports are read off. The periodic work "
        "does that as well, some at a time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """``--again``."""
        parser.add_argument(
            "--again",
            action="store_true",
            help="Throw all of them away first, and make them from the postings.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and say how many."""
        now = timezone.now()
        again = options["again"]
        made = (
            snapshots.make_all_again(now) if again else snapshots.make_snapshots(now, at_most=None)
        )
        self.stdout.write(f"{made} snapshots made.")
