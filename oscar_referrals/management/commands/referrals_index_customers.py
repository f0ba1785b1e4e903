"""``manage.py referrals_index_customers``: learn who has ordered before, from all past orders."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from oscar_referrals.management.progress import Bar
from oscar_referrals.members.known_customers import index_orders


class Command(BaseCommand):
    """Run once when the referral system is installed in a shop that has orders."""

    help = (
        "Adds all past orders to the index by which earlier customers are recognised. Can be "
        "interrupted and started again: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """``--batch`` and ``--again``."""
        parser.add_argument("--batch", type=int, default=2000, help="Orders per batch.")
        parser.add_argument(
            "--again",
            action="store_true",
            help="Begin anew and replace the keys, after HMAC_KEY was changed.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Index with a progress bar on a terminal."""
        with Bar(self.stderr, "orders") as bar:
            count = index_orders(batch=options["batch"], again=options["again"], progress=bar.show)
        self.stdout.write(f"{count} orders looked at. The index of earlier customers is complete.")
