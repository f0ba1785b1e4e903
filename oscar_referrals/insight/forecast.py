"""What a draft would have cost at most: the shop's past, played through its rules.

It is the worst case: every order that qualifies and every registration is taken for a referred one,
nothing is refunded, everybody spends all they get, and the dearest of alternatives is chosen. How
friends are shared among advocates no history tells; unless it is said, each question about it is
answered with what costs most (see `insight.forecast_play`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.insight.forecast_figures import InCurrency
from oscar_referrals.insight.forecast_play import Play
from oscar_referrals.insight.forecast_worth import Dearest, can_be_played
from oscar_referrals.insight.past_orders import PastOrder, batches, standing_orders
from oscar_referrals.money import to_minor
from oscar_referrals.programs.models import Incentive, ProgramVersion

#: Registrations that are read at a time.
BATCH = 2000


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A customer opened an account."""

    user_id: int
    placed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What the draft would have given in the last days."""

    days: int
    currencies: list[InCurrency] = field(default_factory=list)
    #: Accounts that were opened, where the draft rewards that.
    registrations: int = 0
    #: What nothing in the shop can tell of.
    left_out: list[Incentive] = field(default_factory=list)


def forecast(
    version: ProgramVersion, *, days: int, advocates: int | None = None, now: datetime | None = None
) -> Forecast:
    """Play what happened in the last ``days`` through ``version``, in batches.

    ``advocates``: over so many the friends are shared out in turn, which decides what caps leave
    out, which tier counts and how often a number of referrals is reached. Without it each of these
    costs as much as it can: no cap of an advocate is reached by several friends, the dearest tier
    that could have been reached counts, and every nth friend reaches the goal of n.
    """
    moment = now or timezone.now()
    start = moment - timedelta(days=days)
    version = ProgramVersion.objects.prefetch_related(
        "incentives__amounts", "incentives__tiers", "incentives__range", "limits"
    ).get(pk=version.pk)
    incentives = list(version.incentives.all())
    left_out = [item for item in incentives if not _is_known(item)]
    played = [item for item in incentives if item not in left_out]
    play = Play(version, played, advocates, _dearest(played, start, moment))
    registrations: Iterator[Registration] = iter(())
    if any(item.trigger == Incentive.Trigger.SIGN_UP for item in played):
        registrations = _registrations(start, moment)
    events: Iterator[Any] = merge(
        _orders(version, start, moment), registrations, key=attrgetter("placed_at")
    )
    for event in events:
        if isinstance(event, Registration):
            play.registration(event.user_id, event.placed_at)
        else:
            play.order(event)
    return Forecast(
        days=days,
        currencies=sorted(play.found.values(), key=attrgetter("currency")),
        registrations=play.registrations,
        left_out=left_out,
    )


def _orders(version: ProgramVersion, start: datetime, end: datetime) -> Iterator[PastOrder]:
    margins_of = conf.get().load("ORDER_MARGIN")
    for batch in batches(version, start=start, end=end):
        margins: Mapping[int, int | None] = margins_of([past.order for past in batch])
        for past in batch:
            past.margin = margins.get(past.order.pk)
            yield past


def _registrations(start: datetime, end: datetime) -> Iterator[Registration]:
    rows = (
        get_user_model()
        ._default_manager.filter(date_joined__gte=start, date_joined__lt=end, is_staff=False)
        .order_by("date_joined", "pk")
        .values_list("pk", "date_joined")
    )
    for user_id, joined in rows.iterator(chunk_size=BATCH):
        yield Registration(user_id=user_id, placed_at=joined)


def _is_known(incentive: Incentive) -> bool:
    if incentive.trigger == Incentive.Trigger.SIGN_UP and not _tells_registrations():
        return False
    return can_be_played(incentive)


def _tells_registrations() -> bool:
    """A shop's own accounts may not say when they were opened."""
    try:
        get_user_model()._meta.get_field("date_joined")
    except FieldDoesNotExist:
        return False
    return True


def _dearest(incentives: list[Incentive], start: datetime, end: datetime) -> dict[str, Dearest]:
    """By currency; one query, and none where no incentive needs it."""
    if not any(item.percent is not None or item.kind == "free_shipping" for item in incentives):
        return {}
    rows = (
        standing_orders(start, end)
        .order_by()
        .values_list("currency")
        .annotate(Max("total_incl_tax"), Max("shipping_incl_tax"))
    )
    return {
        currency: Dearest(order=to_minor(order, currency), delivery=to_minor(delivery, currency))
        for currency, order, delivery in rows
    }
