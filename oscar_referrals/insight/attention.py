"""What waits for a person: facts that are missing, jobs that fail, mails that were given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from oscar_referrals import conf
from oscar_referrals.attribution.assignments import Assignment, LateClaim
from oscar_referrals.messages.given_up import NOBODYS_FAULT
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.failures import failing
from oscar_referrals.rewards.models import OutsideSettlement, Reward
from oscar_referrals.upkeep.models import JobRun


@dataclass(frozen=True)
class Attention:
    """Numbers of what waits; all zero and empty when nothing does."""

    #: Credited orders of which neither a payment nor a status says whether they are paid.
    orders_without_payment_facts: int
    #: Paid orders of which nothing says whether they were sent, where the hold begins with that.
    orders_without_shipping_facts: int
    #: Referrals whose rewards could not be brought up to date.
    failed_settlements: int
    #: Credits by hand that wait for a second person, and friends who said later who invited them.
    credits_waiting: int
    late_claims: int
    #: Rewards paid outside the shop, which a second person has to agree to book so.
    settlements_waiting: int
    #: Mails that were tried too often.
    messages_given_up: int
    #: Periodic jobs whose last run failed, or failed for some rows.
    failed_jobs: list[JobRun]
    #: When the periodic work last ended; None if it never did.
    last_work: datetime | None
    #: The periodic work has not run for longer than the shop's settings allow.
    work_is_late: bool


def attention(now: datetime) -> Attention:
    """What waits for a person at ``now``; seven queries on indexes."""
    jobs = list(JobRun.objects.order_by("name"))
    finished = [job.finished_at for job in jobs if job.finished_at is not None]
    last_work = max(finished, default=None)
    waiting = dict(
        Reward.objects.filter(
            state=Reward.State.PENDING,
            side=Incentive.Side.ADVOCATE,
            reason__in=(reasons.NO_PAYMENT_FACTS, reasons.NO_SHIPPING_FACTS),
        )
        .values_list("reason")
        .annotate(Count("referral", distinct=True))
        .order_by()
    )
    return Attention(
        orders_without_payment_facts=waiting.get(reasons.NO_PAYMENT_FACTS, 0),
        orders_without_shipping_facts=waiting.get(reasons.NO_SHIPPING_FACTS, 0),
        failed_settlements=failing().count(),
        credits_waiting=Assignment.objects.filter(state=Assignment.State.WAITING).count(),
        late_claims=LateClaim.objects.filter(state=LateClaim.State.WAITING).count(),
        settlements_waiting=OutsideSettlement.objects.filter(
            state=OutsideSettlement.State.WAITING
        ).count(),
        messages_given_up=OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED)
        .exclude(error__in=NOBODYS_FAULT)
        .count(),
        failed_jobs=[job for job in jobs if _failed(job)],
        last_work=last_work,
        work_is_late=last_work is None or now - last_work > conf.get().WORK_MAX_AGE,
    )


def failed_jobs() -> list[JobRun]:
    """The periodic jobs whose last run failed, as a whole or for some rows."""
    return [job for job in JobRun.objects.order_by("name") if _failed(job)]


def _failed(job: JobRun) -> bool:
    return bool(job.error or job.failed)


def failing_messages() -> QuerySet[OutboxMessage]:
    """Messages that could not be sent, given up or still tried, the newest first."""
    return (
        OutboxMessage.objects.exclude(state=OutboxMessage.State.SENT)
        .exclude(error="")
        .exclude(error__in=NOBODYS_FAULT)
        .order_by("-pk")
    )
