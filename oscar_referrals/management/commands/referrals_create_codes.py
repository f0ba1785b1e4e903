"""``manage.py referrals_create_codes``: a code for every customer, for a newsletter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from oscar_referrals.exports import csv_lines
from oscar_referrals.management.progress import Bar
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.bulk_codes import create_codes_for_everyone, rows_for_newsletter


class Command(BaseCommand):
    """Makes the codes, and on request the file with e-mail, code and link."""

    help = (
        "Creates a code for every customer who has none. Their rewards wait until they join. With "
        "--csv, also writes e-mail, code and link of all customers with a code to a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The program, ``--csv``, ``--base-url`` and ``--batch``."""
        parser.add_argument("program", help="Slug of the program.")
        parser.add_argument("--csv", type=Path, help="File to write.")
        parser.add_argument(
            "--base-url", help="Address of the shop in the links. Default: the program's site."
        )
        parser.add_argument("--batch", type=int, default=5000, help="Customers per batch.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create with a progress bar on a terminal, then write the file."""
        try:
            program = Program.objects.select_related("current_version", "friend_offer", "site").get(
                slug=options["program"]
            )
        except Program.DoesNotExist as error:
            raise CommandError(f"There is no program {options['program']!r}.") from error
        if program.current_version is None:
            raise CommandError(f"{program.name} has not been published yet.")
        with Bar(self.stderr, "customers") as bar:
            made = create_codes_for_everyone(
                program=program, batch=options["batch"], progress=bar.show
            )
        self.stdout.write(f"{made} codes created.")
        if options["csv"]:
            base_url = options["base_url"] or f"{settings.OSCAR_URL_SCHEMA}://{program.site.domain}"
            self.stdout.write(f"{self._write(program, options['csv'], base_url)} lines written.")

    def _write(self, program: Program, path: Path, base_url: str) -> int:
        lines = 0
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines([("email", "code", "link")]))
            for line in csv_lines(rows_for_newsletter(program, base_url)):
                file.write(line)
                lines += 1
        return lines
