"""I8: credit that is reserved has a living basket or order, or was just left behind by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.models import CreditUse, Reward

OPEN = (CreditUse.State.RESERVED, CreditUse.State.PAYING)
#: The periodic work comes round in that time, after a reservation has run out.
PATIENCE = timedelta(days=1)


def lost_reservations() -> Iterator[Finding]:
    """Reservations that nothing holds any more, and figures of rewards that are not their sum."""
    basket_model = get_model("basket", "Basket")
    alive = basket_model.objects.filter(pk=OuterRef("basket")).exclude(
        status__in=(basket_model.MERGED, basket_model.SUBMITTED)
    )
    order = get_model("order", "Order").objects.filter(number=OuterRef("order_number"))
    settings = conf.get()
    longest = max(settings.REWARD_HOLD_IN_BASKET, settings.REWARD_HOLD_IN_PAYMENT)
    lost = CreditUse.objects.filter(
        ~Exists(alive),
        ~(~Q(order_number="") & Exists(order)),
        state__in=OPEN,
        changed_at__lt=timezone.now() - longest - PATIENCE,
    )
    for use in lost.select_related("reward"):
        detail = f"{use.amount} {use.reward.unit} are reserved for nothing since {use.changed_at}"
        yield Finding(invariant="I8", subject=use.reward.key, detail=detail)
    held = Coalesce(Sum("uses__amount", filter=Q(uses__state__in=OPEN)), 0)
    for reward in Reward.objects.annotate(held=held).exclude(reserved=F("held")):
        detail = f"{reward.reserved} are reserved, its uses say {reward.held}"
        yield Finding(invariant="I8", subject=reward.key, detail=detail)
