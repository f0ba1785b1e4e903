"""``manage.py check_texts``: does everything that is written of the programs say what they do?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oscar_referrals.programs.contradictions import in_words, why
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.refused import refused_statements

#: Programs that nobody is promised anything of any more, or yet.
OVER = (Program.Status.ENDED, Program.Status.STOPPED)


class Command(BaseCommand):
    """Reads terms, pages and mail texts against the version in force and the draft."""

    help = (
        "Reads terms, pages and mail texts against the programs; ends with an error if a statement "
        "is refused."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each refused statement with its place; raises CommandError for any."""
        versions = ProgramVersion.objects.exclude(status=ProgramVersion.Status.SUPERSEDED)
        number = 0
        for version in versions.exclude(program__status__in=OVER).select_related("program__site"):
            for one in refused_statements(version):
                number += 1
                self.stdout.write(
                    f"{one.where}: {why(one.finding, version)} {in_words(one.finding)}"
                )
        if number:
            raise CommandError(f"{number} statements are refused.")
        self.stdout.write("No statement is refused.")
