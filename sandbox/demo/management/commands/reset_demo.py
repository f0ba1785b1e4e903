"""``manage.py reset_demo``: the demonstration from the beginning."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from demo.database import forget_everything, prepare
from demo.progress import Progress


class Command(BaseCommand):
    help = "Deletes all data of the sandbox and loads the demonstration anew."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-input", action="store_true", help="Don't ask before deleting.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_input"]:
            name = connection.settings_dict["NAME"]
            if input(f"Delete everything in {name}? Type yes: ").strip().lower() != "yes":
                raise CommandError("Nothing was deleted.")
        forget_everything()
        prepare(Progress(self.stdout))
