"""``manage.py replay_decisions``: would everything be decided today as it was decided then?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oscar_referrals.attribution.models import Decision
from oscar_referrals.rewards.replay_kinds import decided_again

#: Decisions that are read at a time.
CHUNK = 2000


class Command(BaseCommand):
    """Reads every decision and decides it once more from what was stored with it."""

    help = "Decides every stored decision again; ends with an error if one comes out otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="ID",
            help="Only decisions with a greater id: those since the last run.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts per kind and each that differs; raises CommandError for these."""
        decisions = Decision.objects.filter(pk__gt=options["after"]).order_by("pk")
        counts = decided_again(decisions.iterator(chunk_size=CHUNK))
        self._line("kind", "decisions", "equal", "differ", "not kept")
        for name, count in counts.items():
            self._line(name, count.decisions, count.equal, count.differing, count.not_kept)
            for detail in count.details:
                self.stderr.write(detail)
        differing = sum(count.differing for count in counts.values())
        decided = sum(count.decisions for count in counts.values())
        not_kept = sum(count.not_kept for count in counts.values())
        if not_kept:
            self.stdout.write(
                f"{not_kept} were decided under an earlier rule version, which did not keep all "
                "that they were decided by."
            )
        if differing:
            raise CommandError(f"{differing} of {decided} decisions come out otherwise.")
        self.stdout.write(f"All {decided - not_kept} decisions come out the same.")

    def _line(self, name: str, *figures: object) -> None:
        self.stdout.write(f"{name:24}" + "".join(f"{figure:>10}" for figure in figures))
