"""The few Oscar rows a program needs: a condition, a benefit, an offer per side and effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.checkout.benefit import ReferralBenefit
from oscar_referrals.checkout.condition import ReferralCondition
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import ReferralCode

#: The dotted paths that stand in Oscar's rows.
CONDITION = f"{ReferralCondition.__module__}.{ReferralCondition.__qualname__}"
BENEFIT = f"{ReferralBenefit.__module__}.{ReferralBenefit.__qualname__}"
BATCH = 1000
#: What the names of the offers to friends begin with. Oscar keeps the name with the discount.
FRIEND_DISCOUNT, FRIEND_DELIVERY = "Referral discount (", "Referral: free delivery ("
#: Where a program names its offers.
FIELDS = (
    "friend_offer",
    "advocate_offer",
    "friend_shipping_offer",
    "advocate_shipping_offer",
)


@transaction.atomic
def ensure_offers(program: Program) -> Program:
    """Create or repair the offers of both sides, and name them on the program. Idempotent.

    Free shipping has offers of its own, because Oscar lets an offer have one effect on a basket.
    They are made once one of the program's versions promises it.

    The offers' names are shown to shoppers by Oscar, untranslated, so they are plain; names and
    slugs are unique in Oscar, so they carry the program's slug. An offer that was deleted is made
    again, and every voucher of its side is put on it.
    """
    missing = [
        program.friend_offer_id is None,
        program.advocate_offer_id is None,
        program.advocate_shipping_offer_id is None,
    ]
    program.friend_offer = _ensure(program.friend_offer, f"{FRIEND_DISCOUNT}{program.slug})")
    program.advocate_offer = _ensure(program.advocate_offer, f"Referral reward ({program.slug})")
    at_till, earned = _promises_free_shipping(program)
    if at_till:
        program.friend_shipping_offer = _ensure(
            program.friend_shipping_offer, f"{FRIEND_DELIVERY}{program.slug})"
        )
    if earned:
        program.advocate_shipping_offer = _ensure(
            program.advocate_shipping_offer, f"Referral reward: free delivery ({program.slug})"
        )
    program.save(update_fields=FIELDS)
    if missing[0]:
        _put_on(program.friend_offer, ReferralCode.objects.filter(program=program))
    rewards = Reward.objects.filter(program=program)
    if missing[1]:
        _put_on(program.advocate_offer, rewards.exclude(kind=Incentive.Kind.FREE_SHIPPING))
    if earned and missing[2]:
        _put_on(program.advocate_shipping_offer, rewards.filter(kind=Incentive.Kind.FREE_SHIPPING))
    return program


def _promises_free_shipping(program: Program) -> tuple[bool, bool]:
    """At the till, and as a reward that is earned, by whichever side."""
    found = Incentive.objects.filter(version__program=program, kind=Incentive.Kind.FREE_SHIPPING)
    at_till = {incentive.at_till for incentive in found}
    return True in at_till, False in at_till


def _put_on(offer: Any, rows: QuerySet[Any]) -> None:
    """Attach the vouchers of ``rows`` to the offer, those that are attached already excepted."""
    through = get_model("voucher", "Voucher").offers.through
    vouchers = rows.filter(voucher__isnull=False).order_by().values_list("voucher_id", flat=True)
    for batch in _batched(vouchers.iterator(chunk_size=BATCH)):
        through.objects.bulk_create(
            [through(voucher_id=pk, conditionaloffer_id=offer.pk) for pk in batch],
            ignore_conflicts=True,
        )


def _batched(keys: Iterable[int]) -> Iterator[list[int]]:
    """``keys`` in lists of at most `BATCH`."""
    remaining = iter(keys)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _ensure(offer: Any, name: str) -> Any:
    condition_model = get_model("offer", "Condition")
    benefit_model = get_model("offer", "Benefit")
    offer_model = get_model("offer", "ConditionalOffer")
    condition, _created = condition_model.objects.get_or_create(proxy_class=CONDITION)
    benefit, _created = benefit_model.objects.get_or_create(proxy_class=BENEFIT)
    wanted = {
        "condition": condition,
        "benefit": benefit,
        "offer_type": offer_model.VOUCHER,
        "status": offer_model.OPEN,
        "priority": conf.get().OFFER_PRIORITY,
        # Absolute discounts would otherwise repeat per item (reference: Oscar's applicator loop).
        "max_basket_applications": 1,
        # Whether other offers may join is a rule of the version; the benefit leaves the lines of
        # combinable versions unmarked, see `benefit.py`.
        "exclusive": True,
    }
    if offer is None:
        offer = offer_model.objects.filter(name=name).first() or offer_model(name=name)
    for field, value in wanted.items():
        setattr(offer, field, value)
    offer.save()
    return offer
