"""The one condition of all referral offers: it asks the pin, and never raises."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.translation import gettext
from oscar.core.loading import get_model

from oscar_referrals.checkout.pins import pin_for
from oscar_referrals.checkout.standing import standing, version_of

logger = logging.getLogger(__name__)
Condition: Any = get_model("offer", "Condition")


class ReferralCondition(Condition):
    """Satisfied when the pinned claim or reward may discount the basket now."""

    class Meta:
        proxy = True

    @property
    def name(self) -> str:
        """What staff see in the lists of Oscar's offer dashboard."""
        return gettext("Decided by the referral program")

    description = name

    def is_satisfied(self, offer: Any, basket: Any) -> bool:
        """Answers from the pin. A fault refuses: Oscar would answer 500 on every page otherwise."""
        try:
            pin = pin_for(offer, basket)
            if pin is None:
                return False
            # The row's flag serves all versions of the program; the version decides for itself.
            offer.exclusive = not version_of(pin).combinable
            if not type(offer).benefit.is_cached(offer):
                # Oscar asks for it next; it came with the pin.
                offer.benefit = pin.offer.benefit
            pin.standing = standing(offer, basket, pin)
            return pin.standing is None
        except Exception:
            logger.exception("A referral condition failed; the basket goes on without discount")
            return False

    def is_partially_satisfied(self, offer: Any, basket: Any) -> bool:
        """Never: what is missing is said by our own hint, in the words of the rule."""
        return False

    def get_upsell_message(self, offer: Any, basket: Any) -> None:
        """None: see `is_partially_satisfied`."""

    def consume_items(self, offer: Any, basket: Any, affected_lines: Any) -> None:
        """Nothing beyond what the benefit consumes."""
