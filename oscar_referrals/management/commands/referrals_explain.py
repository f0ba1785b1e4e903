"""``manage.py referrals_explain``: who was considered for an order, who got the credit, and why."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from oscar_referrals.attribution.considered import Row
from oscar_referrals.attribution.explain import explain


class Command(BaseCommand):
    """Tells the story of an order as staff see it, and what its customer reads."""

    help = "Tells who was considered for an order, who got the credit, and why nobody else did."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The order, and the language to tell it in."""
        parser.add_argument("order", help="Number of the order.")
        parser.add_argument("--language", default="en", help="Language of the answer: en, ms, id.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the story. Raises CommandError for an order that no referral knows."""
        with translation.override(options["language"]):
            story = explain(options["order"])
            if not story.found:
                raise CommandError(story.customer_text)
            for line in story.lines:
                said = f"{_moment(line.at)}  {line.text}"
                self.stdout.write(f"{said} [{line.verdict}]" if line.verdict else said)
                if line.note:
                    self.stdout.write(f"{'':18}{line.note}")
            self.stdout.write("")
            for row in story.considered:
                self._write(row)
            self.stdout.write("")
            self.stdout.write(story.customer_text)

    def _write(self, row: Row) -> None:
        sign = "+" if row.chosen else "-"
        # Without a name: what a command prints ends up in files.
        who = f"advocate {row.candidate.advocate}, {row.code}"
        tags = f" ({row.tags})" if row.tags else ""
        self.stdout.write(
            f"{sign} {_moment(row.candidate.at)}  {row.way}{tags}: {who}. {row.reason}"
        )


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
