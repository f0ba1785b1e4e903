"""Finding what the triggers need to know of a referral. Costs queries only where a version asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.attribution.bind import goods_of
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.merged import family
from oscar_referrals.members.models import KnownOrder
from oscar_referrals.members.preferences import preferences_of
from oscar_referrals.money import to_minor
from oscar_referrals.programs.choices import choices_of, preferred_among
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.rewards.facts import OrderFacts, facts_of
from oscar_referrals.rewards.locked import HAS_TIERS
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import FOLLOWING, GOALS, Case, Placed, occasions_of

#: A reward in one of these states is owed, or was given.
COUNTING = (
    Reward.State.PENDING,
    Reward.State.AVAILABLE,
    Reward.State.REDEEMED,
    Reward.State.EXPIRED,
)


def case_of(referral: Referral, order: OrderFacts, rewards: list[Reward]) -> Case:
    """The case of a locked referral, before it is known whether the referral is successful.

    No query for a version that rewards first orders only.
    """
    prefetch_related_objects([referral.version], "incentives__amounts", "limits")
    if getattr(referral, HAS_TIERS, False):
        prefetch_related_objects([referral.version], "incentives__tiers")
    incentives = list(referral.version.incentives.all())
    following = [incentive for incentive in incentives if incentive.trigger in FOLLOWING]
    choices = choices_of(referral.version)
    has_goals = any(incentive.trigger in GOALS for incentive in incentives)
    basis = basis_of(referral)
    taken = _taken(referral) if has_goals else frozenset()
    case = Case(
        referral=referral.pk,
        advocate=referral.advocate_id,
        first=(
            Placed(
                number=referral.order_number,
                placed_at=referral.created_at,
                facts=order,
                goods=basis + referral.friend_discount + referral.earlier_discount,
                basis=basis,
            )
            if referral.order_number
            else None
        ),
        signed_up_at=referral.signed_up_at,
        currency=home_currency(referral.version),
        friend_exists=referral.friend_id is not None or referral.signed_up_at is None,
        merged=referral.advocate.has_merged,
        known=frozenset((reward.incentive_id, reward.source) for reward in rewards),
        preferred=_preferred(referral, choices) if choices else frozenset(),
        taken=taken,
        elsewhere=_elsewhere(referral, rewards) if taken else frozenset(),
    )
    return _with_later(case, referral, following) if following else case


def basis_of(referral: Referral) -> int:
    """What a percentage of the friend's order is taken of, in minor units (S11)."""
    return referral.order_total if referral.basis is None else referral.basis


def home_currency(version: ProgramVersion) -> str:
    """The first currency of the shop in which the version promises anything."""
    offered = {row.currency for item in version.incentives.all() for row in item.amounts.all()}
    currencies = conf.get().currencies
    return next((currency for currency in currencies if currency in offered), currencies[0])


def _with_later(case: Case, referral: Referral, incentives: list[Incentive]) -> Case:
    """The case with the friend's later orders, as many as the incentives ask for.

    Found by the account and by the keyed e-mail, so that orders as a guest count as well.
    """
    for order in _later(referral):
        if all(_is_earned(incentive, case) for incentive in incentives):
            break
        case = replace(case, later=(*case.later, _placed(order)))
    return case


def _is_earned(incentive: Incentive, case: Case) -> bool:
    return any(
        occasion.placed is not None and occasion.placed.stands
        for occasion in occasions_of(incentive, case)
    )


def _later(referral: Referral) -> Iterable[Any]:
    person = Q(user=referral.friend_id) if referral.friend_id is not None else Q()
    if referral.friend_key:
        keyed = KnownOrder.objects.filter(email_key=referral.friend_key)
        person |= Q(number__in=keyed.values("order_number"))
    if not person or not referral.order_number:
        return ()
    since: datetime = referral.created_at
    if referral.order is not None:
        since = referral.order.date_placed
    orders = get_model("order", "Order")._default_manager.filter(person, date_placed__gte=since)
    found: Iterable[Any] = orders.exclude(number=referral.order_number).order_by(
        "date_placed", "pk"
    )
    return found


def _placed(order: Any) -> Placed:
    currency = order.currency
    basis = goods_of(order)
    total = to_minor(order.total_incl_tax, currency)
    number = str(order.number)
    facts = facts_of(order, number=number, currency=currency, total=total)
    return Placed(number=number, placed_at=order.date_placed, facts=facts, goods=basis, basis=basis)


def _preferred(referral: Referral, choices: list[list[Incentive]]) -> frozenset[int]:
    stated = preferences_of(referral.advocate_id)
    wanted = [preferred_among(alternatives, stated) for alternatives in choices]
    return frozenset(incentive.pk for incentive in wanted if incentive is not None)


def _taken(referral: Referral) -> frozenset[tuple[str, str]]:
    """Goals that other referrals of the person have reached, by the names that they have here."""
    goals = Reward.objects.filter(
        referral__advocate__in=family(referral.advocate), incentive__trigger__in=GOALS
    ).exclude(referral=referral.pk)
    return _named_here(referral, goals)


def _elsewhere(referral: Referral, rewards: list[Reward]) -> frozenset[tuple[str, str]]:
    """Of these, what another row of the person has. No query unless there is one.

    Each may have been rewarded for a goal before they were merged: what counts already stays.
    """
    others = [pk for pk in family(referral.advocate) if pk != referral.advocate_id]
    if not others:
        return frozenset()
    goals = Reward.objects.filter(referral__advocate__in=others, incentive__trigger__in=GOALS)
    counting = {(row.side, row.source) for row in rewards if row.state in COUNTING}
    return _named_here(referral, goals.filter(state__in=COUNTING)) - counting


def _named_here(referral: Referral, goals: QuerySet[Reward]) -> frozenset[tuple[str, str]]:
    """Side and source; a source ends with the key of the advocate."""
    return frozenset(
        (side, f"{source.rpartition('-')[0]}-{referral.advocate_id}")
        for side, source in goals.order_by().values_list("side", "source")
    )
