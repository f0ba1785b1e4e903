"""``manage.py start``: everything from an empty directory to a running shop."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from demo.database import forget_everything, prepare
from demo.people import PASSWORD, PEOPLE
from demo.progress import Progress


class Command(BaseCommand):
    help = "Migrates, loads the demonstration once, prints the logins and runs the server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="Forget all data first, and begin anew."
        )
        parser.add_argument(
            "--no-server", action="store_true", help="Prepare everything, but don't run the server."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        if options["reset"]:
            forget_everything()
        prepare(Progress(self.stdout))
        self.stdout.write(f"Ready after {time.monotonic() - started:.1f} s.\n\n")
        self._introduce()
        if not options["no_server"]:
            call_command("runserver", f"127.0.0.1:{settings.PORT}", use_reloader=False)

    def _introduce(self) -> None:
        base = f"http://127.0.0.1:{settings.PORT}"
        lines = [f"{settings.OSCAR_SHOP_NAME} — {base}/", ""]
        lines += [
            f"  {name:<16} {base}{path}"
            for name, path in (
                ("Shop", "/en-gb/"),
                ("Shop dashboard", "/en-gb/shop/dashboard/"),
                ("Website (CMS)", "/admin/"),
                ("Django's admin", "/django-admin/"),
            )
        ]
        lines += ["", f"Logins, all with the password {PASSWORD}:", ""]
        lines += [f"  {person.email:<24} {person.purpose}" for person in PEOPLE]
        lines += [
            "",
            f"Mail that the shop sends is kept in {settings.EMAIL_FILE_PATH}",
            "What is owed is sent by the periodic work: sandbox/manage.py referrals_work",
            "",
        ]
        self.stdout.write("\n".join(lines) + "\n")
