"""``manage.py referrals_work``: what time, or a fault, has left to do. For cron."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oscar_referrals.checkout import offer_state
from oscar_referrals.checkout.credit_reconcile import reconcile_credit
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.insight import snapshots
from oscar_referrals.management.progress import Bar
from oscar_referrals.members.names import refresh_names
from oscar_referrals.messages import outbox, reminders, terms_notices
from oscar_referrals.rewards import due
from oscar_referrals.rewards.abandoned import free_abandoned
from oscar_referrals.rewards.credit.upkeep import give_back_left_behind
from oscar_referrals.rewards.spend import let_go_of_stale
from oscar_referrals.sharing import rollup
from oscar_referrals.sharing.retention import count_old_touches, delete_old_touches
from oscar_referrals.upkeep import jobs
from oscar_referrals.upkeep.progress import Progress, Watcher

logger = logging.getLogger(__name__)

#: The job under which the whole run is recorded; the checks ask when it last ended.
WORK = "referrals_work"
#: Days of orders that each run looks through for what a fault left behind.
LOOK_BACK = 7

Step = Callable[[Watcher], Progress]


class Command(BaseCommand):
    """Runs each step although one before it failed. May run several times at once."""

    help = (
        "Releases holds, expires rewards, reminds of those that expire soon, tells members of new "
        "terms, announces offers that began, ended or are used up, repairs orders that a fault "
        "left behind, sends the mail that is owed, deletes old touches and adds up the books for "
        "reports. Run it every few minutes; it may overlap."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all steps, with a bar each on a terminal; exit with 1 if anything failed."""
        steps: list[tuple[str, Callable[[], int], Step]] = [
            ("orders and baskets put right", _nothing_to_count, _reconcile),
            ("referrals settled", due.count_due, _settle),
            ("changed offers announced", _nothing_to_count, _tell_of_offers),
            ("reminders owed", reminders.count_due, _remind),
            ("notices of new terms owed", terms_notices.count_due, _give_notice),
            ("mails handled", outbox.count_due, _send),
            ("days of touches counted", rollup.count_due, _count_touches),
            ("touches deleted", count_old_touches, _delete_touches),
            ("snapshots of the ledger", _count_snapshots, _make_snapshots),
        ]
        broken = []
        self._tells = options["verbosity"] > 0
        with jobs.run(WORK) as whole:
            for label, count, step in steps:
                if not self._run(label, count, step, whole):
                    broken.append(label)
        if broken or whole.failed:
            raise CommandError("\n".join(whole.errors) or f"Failed: {', '.join(broken)}.")

    def _run(self, label: str, count: Callable[[], int], step: Step, whole: Progress) -> bool:
        try:
            total = count()
            with Bar(self.stderr, label) as bar:
                done = step(partial(_show, bar, total))
        except Exception as error:
            logger.exception("The step “%s” of the periodic work failed", label)
            whole.fail(label, error)
            return False
        whole.add(done)
        if self._tells:
            self.stdout.write(f"{done.handled} {label}" + _failures(done))
        return True


def _show(bar: Bar, total: int, done: int) -> None:
    bar.show(done, max(total, done))


def _failures(done: Progress) -> str:
    return f", {done.failed} of them failed" if done.failed else ""


def _nothing_to_count() -> int:
    return 0


def _reconcile(watcher: Watcher) -> Progress:
    """First of all: what it records is settled in the same run. No part of it stops another."""
    days = LOOK_BACK + _days_without_work()
    # What an order was paid with is taken before credit that was left behind is given back.
    parts: list[tuple[str, Callable[[], Any]]] = [
        ("rewards of old baskets", let_go_of_stale),
        ("rewards of abandoned payments", free_abandoned),
        ("rewards without voucher", due.mark_unissued),
        ("orders", partial(reconcile, days=days)),
        ("orders paid with credit", partial(reconcile_credit, days=days)),
        ("credit of old baskets", give_back_left_behind),
        ("names that friends type", refresh_names),
        ("later orders", partial(due.mark_followed, days=days)),
    ]
    progress = Progress(watcher=watcher)
    for label, part in parts:
        try:
            done = part()
        except Exception as error:
            logger.exception("The part “%s” of the periodic work failed", label)
            progress.fail(label, error)
            progress.step()
            continue
        if isinstance(done, Progress):
            progress.add(done)
    progress.step(0)
    return progress


def _days_without_work() -> int:
    """How long nobody looked, so that a stopped cron loses no repair."""
    last = jobs.last_run(WORK)
    if last is None or last.finished_at is None:
        return LOOK_BACK
    return (timezone.now() - last.finished_at).days


def _settle(watcher: Watcher) -> Progress:
    return due.settle_due(watcher=watcher)


def _tell_of_offers(watcher: Watcher) -> Progress:
    """After what was settled, which moves the budget."""
    return offer_state.tell_changes(watcher=watcher)


def _remind(watcher: Watcher) -> Progress:
    return reminders.remind_due(watcher=watcher)


def _give_notice(watcher: Watcher) -> Progress:
    return terms_notices.owe_due(watcher=watcher)


def _send(watcher: Watcher) -> Progress:
    return outbox.send_due(watcher=watcher)


def _count_touches(watcher: Watcher) -> Progress:
    """Before any of them is deleted."""
    return rollup.count_days(watcher=watcher)


def _delete_touches(watcher: Watcher) -> Progress:
    return delete_old_touches(watcher=watcher)


def _count_snapshots() -> int:
    return snapshots.count_due(timezone.now())


def _make_snapshots(watcher: Watcher) -> Progress:
    progress = Progress(watcher=watcher)
    progress.step(snapshots.make_snapshots(timezone.now()))
    return progress
