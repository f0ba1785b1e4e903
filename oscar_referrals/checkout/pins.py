"""Writing and reading pins. A basket's pins are read once and kept on the basket object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.isolation import own_savepoint
from oscar_referrals.checkout.models import Pin
from oscar_referrals.programs.in_one_column import as_limits, limits_of, remember
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.rewards.entitlements import figures_in
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import Effect
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.voucher_rows import stand_on

CACHE = "_referral_pins"


def pins_of(basket: Any) -> list[Pin]:
    """The pins of a basket: one query per basket object, none for a basket never saved."""
    pins: list[Pin] | None = getattr(basket, CACHE, None)
    if pins is None:
        pins = (
            []
            if basket.id is None
            else list(
                Pin.objects.filter(basket_id=basket.id)
                .select_related(
                    "offer__benefit",
                    "figures__incentive",
                    "claim__version__program",
                    "claim__code__advocate",
                    "reward__incentive__version__program",
                )
                .annotate(
                    vouchers_sum=_sum_of_vouchers(),
                    limits_in_one=limits_of("claim__version_id"),
                )
            )
        )
        for pin in pins:
            if pin.claim is not None:
                version, column = pin.claim.version, pin.__dict__["limits_in_one"]
                remember(version, "limits", as_limits(column, version=version))
        setattr(basket, CACHE, pins)
        if basket.status == basket.OPEN and any(pin.quoted_at for pin in pins):
            forget_quotes(basket, pins)
    return pins


def forget_quotes(basket: Any, pins: Iterable[Pin]) -> None:
    """Take back what an open basket was quoted for a payment that has failed since.

    Only the quotes that were read, and only while the database has the basket open: another
    request may have frozen it meanwhile, with a quote of its own.
    """
    basket_model = get_model("basket", "Basket")
    is_open = basket_model._default_manager.filter(pk=basket.id, status=basket_model.OPEN)
    with own_savepoint():
        for pin in pins:
            if pin.quoted_at is not None:
                same = Pin.objects.filter(pk=pin.pk, quoted_at=pin.quoted_at)
                same.filter(basket__in=is_open.values("pk")).update(quoted_at=None)
                pin.quoted_at = None


def _sum_of_vouchers() -> Subquery:
    """Changes when a voucher enters or leaves the basket, whichever way; without another query."""
    in_basket = get_model("basket", "Basket").vouchers.through.objects
    return Subquery(
        in_basket.filter(basket_id=OuterRef("basket_id"))
        .values("basket_id")
        .annotate(total=Sum("voucher_id"))
        .values("total")
    )


def known_pins(basket: Any) -> list[Pin]:
    """The pins that were read already, without a query: empty if nothing of ours took part."""
    return getattr(basket, CACHE, None) or []


def pin_for(offer: Any, basket: Any) -> Pin | None:
    """The pin under which ``offer`` stands in ``basket`` with the voucher it comes from."""
    voucher = offer.get_voucher()
    if voucher is None:
        return None
    for pin in pins_of(basket):
        if pin.offer_id == offer.id and pin.voucher_id == voucher.id:
            return pin
    return None


def forget_cache(basket: Any) -> None:
    """Let the next reader ask the database again."""
    if hasattr(basket, CACHE):
        delattr(basket, CACHE)


def figures_of(incentive: Incentive | None, currency: str | None) -> IncentiveAmount | None:
    """The figures of an incentive in the basket's currency (the shop's default when empty)."""
    if incentive is None:
        return None
    wanted = currency or settings.OSCAR_DEFAULT_CURRENCY
    return incentive.amounts.filter(currency=wanted).first()


@transaction.atomic
def pin_claim(*, basket: Any, claim: Claim, checked_key: str = "") -> bool:
    """Pin a friend's claim to a basket, once per effect that the version gives at the till.

    False, and nothing pinned, if another code of the program stands there.
    """
    currency = basket.currency or settings.OSCAR_DEFAULT_CURRENCY
    incentives = [
        item
        for item in Incentive.objects.filter(
            version_id=claim.version_id, side=Incentive.Side.FRIEND
        ).prefetch_related("amounts")
        if item.at_till
    ]
    given = {_is_for_delivery(item): figures_in(item, currency) for item in incentives}
    given = given or {False: None}
    program, voucher_id = claim.program, claim.code.voucher_id
    pins = []
    for for_delivery in _one_after_the_other(given):
        offer_id = program.friend_shipping_offer_id if for_delivery else program.friend_offer_id
        if for_delivery and offer_id and voucher_id:
            stand_on(offer_id=offer_id, voucher_id=voucher_id)
        pins.append(
            _pin(
                basket,
                offer_id=offer_id,
                voucher_id=voucher_id,
                claim=claim,
                figures=given[for_delivery],
                checked_key=checked_key,
            )
        )
    if all(pins):
        return True
    Pin.objects.filter(pk__in=[pin.pk for pin in pins if pin is not None]).delete()
    return False


@transaction.atomic
def pin_reward(*, basket: Any, reward: Reward) -> bool:
    """Pin a reward to a basket; False if another reward of that effect stands there."""
    pin = _pin(
        basket,
        offer_id=offer_id_of(reward),
        voucher_id=reward.voucher_id,
        reward=reward,
        # Its own currency, whatever the basket's: the books know what it is worth in no other.
        figures=figures_of(reward.incentive, reward.currency),
    )
    return pin is not None


def offer_id_of(reward: Reward) -> int | None:
    """The offer that a reward takes effect by; two rewards of one can't stand in one basket."""
    if kind_of(reward.kind).effect == Effect.SHIPPING:
        return reward.program.advocate_shipping_offer_id
    return reward.program.advocate_offer_id


def _one_after_the_other(effects: Iterable[bool]) -> list[bool]:
    """Goods before delivery, whichever a version names first.

    Two codes that come to a basket at once under two versions would else wait for each other.
    """
    return sorted(effects)


def _is_for_delivery(incentive: Incentive) -> bool:
    return kind_of(incentive.kind).effect == Effect.SHIPPING


def _pin(basket: Any, *, offer_id: int | None, voucher_id: int | None, **values: Any) -> Pin | None:
    if offer_id is None or voucher_id is None:
        return None
    pin, created = Pin.objects.get_or_create(
        basket_id=basket.id, offer_id=offer_id, defaults={"voucher_id": voucher_id, **values}
    )
    forget_cache(basket)
    return pin if created or pin.voucher_id == voucher_id else None


def move_pins(*, pin_ids: Iterable[int], basket: Any) -> bool:
    """Hand the pins of a voucher over to the basket that their own was merged into.

    False if another code of a friend, or another reward of the program, stands there: all or none.
    """
    another_claim = Pin.objects.filter(basket_id=basket.id, claim__isnull=False)
    try:
        with transaction.atomic():
            moved = Pin.objects.filter(
                Q(claim=None) | ~Exists(another_claim), pk__in=list(pin_ids)
            ).update(basket_id=basket.id, quoted_at=None, compared_for="", rival="", delivery=None)
    except IntegrityError:
        # A pin of the same offer stands there, perhaps since a moment ago: another merge.
        moved = 0
    forget_cache(basket)
    return bool(moved)
