"""Pin: under which promise a voucher of ours stands in a basket."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Claim
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import IncentiveAmount
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.rewards.kinds.base import Effect
from oscar_referrals.rewards.models import Reward


class Pin(models.Model):
    """(basket, voucher) → the claim or reward behind it, and the figures that apply.

    All friends of an advocate share one voucher row, so nothing but this row can tell a basket
    under version 1 from one under version 2. Unique per basket and offer: two codes of one program
    cannot both discount a basket, whichever way they came in.
    """

    basket = models.ForeignKey("basket.Basket", on_delete=models.CASCADE, related_name="+")
    voucher = models.ForeignKey("voucher.Voucher", on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey("offer.ConditionalOffer", on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="pins")
    reward = models.ForeignKey(Reward, null=True, on_delete=models.PROTECT, related_name="pins")
    # None: the promise has no figures in the basket's currency.
    figures = models.ForeignKey(
        IncentiveAmount, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Why the costly checks refuse it; empty when they do not.
    refusal = models.CharField(max_length=40, blank=True)
    # The keyed e-mail for which the costly checks were made; empty while it is not known.
    checked_key = models.CharField(max_length=64, blank=True)
    # What the shop's other offers give a basket with this fingerprint, when that is more than ours.
    rival = models.CharField(_("better offer"), max_length=128, blank=True)
    # What delivery costs before any discount, in minor units: by the method chosen, or the
    # dearest while none is. None while the shop can't say, and for what is taken off goods.
    delivery = models.BigIntegerField(null=True)
    compared_for = models.CharField(max_length=32, blank=True)
    compared_at = models.DateTimeField(null=True)
    # Set while the basket is frozen for payment: the shopper was quoted this discount.
    quoted_at = models.DateTimeField(null=True)
    # What the reward was good for then, in its unit: a refund may take it back meanwhile.
    quoted_worth = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        constraints = [
            models.UniqueConstraint(fields=["basket", "offer"], name="rf_pin_once_per_offer"),
            models.CheckConstraint(
                condition=Q(claim__isnull=False, reward__isnull=True)
                | Q(claim__isnull=True, reward__isnull=False),
                name="rf_pin_claim_or_reward",
            ),
        ]

    #: Why the pin gave nothing when the condition last asked; None if it gave its discount. Only in
    #: memory, and until then the neutral reason.
    standing: Refusal | None = Refusal(reason=reasons.NO_ELIGIBLE_PRODUCTS)

    def __str__(self) -> str:
        return f"{self.basket_id}: {self.claim or self.reward}"

    @property
    def is_for_delivery(self) -> bool:
        """It takes off the delivery charge, not off goods. No query for pins of `pins_of`."""
        if self.figures is None:
            return False
        return kind_of(self.figures.incentive.kind).effect == Effect.SHIPPING
