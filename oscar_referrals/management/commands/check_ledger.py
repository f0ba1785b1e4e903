"""``manage.py check_ledger``: do the books agree with themselves and with the rewards?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import LedgerEntry, Reward


class Command(BaseCommand):
    """Reads all books and reports every disagreement."""

    help = "Checks the invariants of the ledger; ends with an error if one is broken."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print each finding; raises CommandError if there are any."""
        findings = audit()
        for finding in findings:
            self.stderr.write(str(finding))
        if findings:
            raise CommandError(f"The books are not in order: {len(findings)} findings.")
        rewards, entries = Reward.objects.count(), LedgerEntry.objects.count()
        self.stdout.write(f"The books are in order: {rewards} rewards, {entries} entries.")
