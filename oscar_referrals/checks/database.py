"""Is what the database holds complete, guarded and up to date?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from oscar_referrals import conf, guards
from oscar_referrals.members.known_customers import index_is_complete
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.rewards.models import Reward
from oscar_referrals.upkeep.models import JobRun

#: The job that `referrals_work` records at the end of each run.
WORK = "referrals_work"


def guards_installed(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The triggers under the immutable rows are there."""
    if not _usable(databases):
        return []
    unguarded = guards.missing(connections[DEFAULT_DB_ALIAS])
    if not unguarded:
        return []
    return [
        Warning(
            f"The database lets promises and bookings be changed: no guards on "
            f"{', '.join(unguarded)}.",
            hint='Run "manage.py migrate"; its last step puts the guards on.',
            id="oscar_referrals.W009",
        )
    ]


def periodic_work(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Holds end, mail goes out and rewards expire only when the periodic work runs."""
    if not _usable(databases) or not _has_started():
        return []
    last = JobRun.objects.filter(name=WORK).values_list("finished_at", flat=True).first()
    if last is not None and timezone.now() - last <= conf.get().WORK_MAX_AGE:
        return []
    when = "has never run" if last is None else f"last ran at {last:%Y-%m-%d %H:%M} UTC"
    return [
        Warning(
            f"The periodic work of the referral program {when}. Rewards are not issued and mail is "
            "not sent until it does.",
            hint='Run "manage.py referrals_work" every few minutes, e.g. by cron: '
            "*/5 * * * * /path/to/manage.py referrals_work",
            id="oscar_referrals.W010",
        )
    ]


def customer_index(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Guests who ordered before the program began are known only from the index."""
    if not _usable(databases) or not _wants_new_customers() or index_is_complete():
        return []
    return [
        Warning(
            "Not all earlier customers are known yet: somebody who ordered as a guest before the "
            "program began passes for a new customer.",
            hint='Run "manage.py referrals_index_customers" once.',
            id="oscar_referrals.W011",
        )
    ]


def credit_without_till(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Whoever has store credit can pay with it."""
    if conf.get().CREDIT_AT_CHECKOUT or not _usable(databases):
        return []
    credit = Incentive.Kind.CREDIT
    promised = Program.objects.filter(current_version__incentives__kind=credit).exists()
    if not promised and not Reward.objects.filter(kind=credit).exists():
        return []
    return [
        Warning(
            "Customers are promised store credit, or have some, and the checkout does not take it.",
            hint="Add pay_with_credit to the shop's payment view (see the guide “Store credit”), "
            f'then set {conf.SETTING}["CREDIT_AT_CHECKOUT"] = True.',
            id="oscar_referrals.W012",
        )
    ]


def _usable(databases: Sequence[str] | None) -> bool:
    """The default database is asked for, and our tables are in it."""
    if not databases or DEFAULT_DB_ALIAS not in databases:
        return False
    tables = set(connections[DEFAULT_DB_ALIAS].introspection.table_names())
    return {Program._meta.db_table, JobRun._meta.db_table} <= tables


def _has_started() -> bool:
    return Program.objects.exclude(status=Program.Status.DRAFT).exists()


def _wants_new_customers() -> bool:
    return (
        ProgramVersion.objects.filter(new_customers_only=True)
        .exclude(status=ProgramVersion.Status.DRAFT)
        .exists()
    )


CHECKS = (guards_installed, periodic_work, customer_index, credit_without_till)
