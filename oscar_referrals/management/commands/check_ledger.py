"""``manage.py check_ledger``: do the books keep every invariant?"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from oscar_referrals.insight.liability import differences_from_balances
from oscar_referrals.insight.snapshots import wrong_snapshots
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.proof import prove
from oscar_referrals.rewards.proof.again import settled_again

#: What each invariant says, in the words of the specification.
INVARIANTS = {
    "I1": "the legs of every entry sum to zero per unit",
    "I2": "every balance is the sum of its postings",
    "I3": "nothing that is owed is negative",
    "I4": "every reward and set-off stands in the books as its row says",
    "I5": "a business key names one business",
    "I6": "no more is taken back than was booked",
    "I7": "no booking can be changed or deleted, the database sees to it",
    "I8": "reserved credit has a living basket or order",
    "I9": "every amount is what its version promises for its order",
    "I10": "no currency pays another",
    "I11": "the liability report equals the balances",
    "I12": "settling again changes nothing",
    "I13": "charity statements equal the ledger",
    "I14": "payout files equal the ledger",
}
#: What the shop can't have: no donations and no payouts are made.
NOT_IN_USE = ("I13", "I14")


class Command(BaseCommand):
    """Reads all books and reports every disagreement."""

    help = "Checks the invariants of the ledger; ends with an error if one is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: how many referrals to settle again."""
        parser.add_argument(
            "--resettle",
            type=int,
            default=0,
            metavar="N",
            help="Settle N referrals again and roll that back: it must change nothing (I12).",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print each finding and how each invariant fared; raises CommandError for findings."""
        number = options["resettle"]
        findings = [*audit(), *prove(), *strayed_liability(), *settled_again(number)]
        for finding in findings:
            self.stderr.write(str(finding))
        broken = Counter(finding.invariant for finding in findings)
        for invariant, words in INVARIANTS.items():
            verdict = self._verdict(invariant, broken, number)
            self.stdout.write(f"{invariant:4} {verdict:14} {words}")
        if findings:
            raise CommandError(f"The books are not in order: {len(findings)} findings.")
        rewards, entries = Reward.objects.count(), LedgerEntry.objects.count()
        self.stdout.write(f"The books are in order: {rewards} rewards, {entries} entries.")

    def _verdict(self, invariant: str, broken: Counter[str], resettle: int) -> str:
        if broken[invariant]:
            return f"BROKEN ({broken[invariant]})"
        if invariant in NOT_IN_USE:
            return "not in use"
        if invariant == "I12" and not resettle:
            return "not asked"
        return "ok"


def strayed_liability() -> Iterator[Finding]:
    """I11: where the report, or what it is read off, is something else than the accounts."""
    for words, reported, balance in differences_from_balances():
        detail = f"reported as {reported}, the balances say {balance}"
        yield Finding(invariant="I11", subject=words, detail=detail)
    for snapshot in wrong_snapshots():
        detail = "says something else than the postings; referrals_snapshots --again makes it anew"
        yield Finding(invariant="I11", subject=f"the snapshot of {snapshot}", detail=detail)
