"""The few Oscar rows a program needs: one condition, one benefit, and an offer per side."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.programs.models import Program

CONDITION = "oscar_referrals.checkout.condition.ReferralCondition"
BENEFIT = "oscar_referrals.checkout.benefit.ReferralBenefit"


@transaction.atomic
def ensure_offers(program: Program) -> Program:
    """Create or repair the offers of both sides, and name them on the program. Idempotent.

    The offers' names are shown to shoppers by Oscar, untranslated, so they are plain; names and
    slugs are unique in Oscar, so they carry the program's slug.
    """
    program.friend_offer = _ensure(program.friend_offer, f"Referral discount ({program.slug})")
    program.advocate_offer = _ensure(program.advocate_offer, f"Referral reward ({program.slug})")
    program.save(update_fields=["friend_offer", "advocate_offer"])
    return program


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
