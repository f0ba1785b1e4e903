"""Incentive: what a side gets, and its figures. Frozen with its version."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import Frozen
from oscar_referrals.money import format_percentage
from oscar_referrals.programs.models.program import ProgramVersion


class Incentive(models.Model):
    """One rule of a version: on *trigger*, *side* gets a discount worth *value*."""

    class Side(models.TextChoices):
        FRIEND = "friend", _("Friend")
        ADVOCATE = "advocate", _("Advocate")

    class Trigger(models.TextChoices):
        FIRST_ORDER = "first_order", _("Friend's first order")
        SIGN_UP = "sign_up", _("Friend's registration")
        NTH_ORDER = "nth_order", _("Friend's nth order")
        ORDER_OVER = "order_over", _("Friend's first order over an amount")
        MILESTONE = "milestone", _("A number of successful referrals")
        EVERY_NTH = "every_nth", _("Every nth successful referral")

    class Kind(models.TextChoices):
        VOUCHER = "voucher", _("Discount voucher")
        FREE_SHIPPING = "free_shipping", _("Free shipping")
        CREDIT = "credit", _("Store credit")

    class ValueType(models.TextChoices):
        PERCENT = "percent", _("Percentage")
        FIXED = "fixed", _("Fixed amount")

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="incentives")
    side = models.CharField(_("who gets it"), max_length=10, choices=Side.choices)
    trigger = models.CharField(
        _("trigger"), max_length=20, choices=Trigger.choices, default=Trigger.FIRST_ORDER
    )
    # The n of "nth order", "every nth" and "a number of successful referrals".
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    kind = models.CharField(_("kind"), max_length=128, default=Kind.VOUCHER)
    # Incentives of one side and trigger with the same word are alternatives: the person chooses.
    choice = models.SlugField(_("choice"), max_length=30, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    value_type = models.CharField(_("type"), max_length=10, choices=ValueType.choices)
    percent = models.DecimalField(
        _("percentage"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.01), MaxValueValidator(100)],
    )
    validity_days = models.PositiveIntegerField(
        _("days the voucher is valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    range = models.ForeignKey(
        "offer.Range",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("only for products of the range"),
    )
    # Copies made when the version is published: a range can be renamed, edited and deleted.
    range_name = models.CharField(max_length=128, blank=True, editable=False)
    limited_to_products = models.BooleanField(default=False, editable=False)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("incentive")
        verbose_name_plural = _("incentives")
        ordering = ["version", "side", "position", "id"]
        constraints = [
            # At the till a side has at most one incentive per effect at a time.
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=Q(
                    side="friend", trigger="first_order", kind__in=["voucher", "free_shipping"]
                ),
                name="rf_one_till_incentive",
            ),
            models.CheckConstraint(
                condition=Q(trigger__in=["nth_order", "milestone", "every_nth"], number__gte=1)
                | Q(
                    trigger__in=["first_order", "sign_up", "order_over"],
                    number__isnull=True,
                ),
                name="rf_number_for_triggers",
            ),
            models.CheckConstraint(
                condition=Q(value_type="fixed", percent__isnull=True)
                | Q(value_type="percent", percent__gt=0, percent__lte=100),
                name="rf_percent_for_percentages",
            ),
        ]

    def __str__(self) -> str:
        if self.value_type == self.ValueType.PERCENT and self.percent is not None:
            return f"{self.get_side_display()}: {format_percentage(self.percent)}"
        return f"{self.get_side_display()}: {self.get_value_type_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Frozen when its version is published."""
        if self.version.status != ProgramVersion.Status.DRAFT:
            raise Frozen(f"{self.version} is published; change its program's draft instead.")
        super().save(*args, **kwargs)

    @property
    def at_till(self) -> bool:
        """The discount that a friend has with the first order itself: not earned by it."""
        return (
            self.side == self.Side.FRIEND
            and self.trigger == self.Trigger.FIRST_ORDER
            and self.kind in (self.Kind.VOUCHER, self.Kind.FREE_SHIPPING)
        )


class IncentiveAmount(models.Model):
    """The figures of an incentive in one currency, in minor units.

    An incentive exists only in the currencies it has a row for; in others nobody is eligible.
    """

    incentive = models.ForeignKey(Incentive, on_delete=models.CASCADE, related_name="amounts")
    currency = models.CharField(_("currency"), max_length=3)
    value = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    minimum = models.PositiveBigIntegerField(_("minimum spend"), default=0)
    maximum = models.PositiveBigIntegerField(_("maximum discount"), null=True, blank=True)
    # What the friend's order must come to for the incentive to be earned; 0: any order.
    threshold = models.PositiveBigIntegerField(_("order of at least"), default=0)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        ordering = ["incentive", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["incentive", "currency"], name="rf_amount_currency"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gt=0), name="rf_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=0), name="rf_maximum_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incentive} ({self.currency})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Frozen when its version is published."""
        if self.incentive.version.status != ProgramVersion.Status.DRAFT:
            raise Frozen(f"{self.incentive.version} is published; change the draft instead.")
        super().save(*args, **kwargs)


class IncentiveTier(models.Model):
    """From which successful referral of an advocate on an incentive is worth something else."""

    incentive = models.ForeignKey(Incentive, on_delete=models.CASCADE, related_name="tiers")
    from_number = models.PositiveIntegerField(
        _("from referral number"), validators=[MinValueValidator(2)]
    )
    # Empty for a percentage, which is the same in every currency.
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    value = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    percent = models.DecimalField(
        _("percentage"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.01), MaxValueValidator(100)],
    )

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["incentive", "from_number", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["incentive", "from_number", "currency"], name="rf_tier_once"
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0, percent__isnull=True) & ~Q(currency="")
                | Q(value__isnull=True, percent__gt=0, percent__lte=100, currency=""),
                name="rf_tier_value_or_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incentive} ({self.from_number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Frozen when its version is published."""
        if self.incentive.version.status != ProgramVersion.Status.DRAFT:
            raise Frozen(f"{self.incentive.version} is published; change the draft instead.")
        super().save(*args, **kwargs)


class IncentiveProduct(models.Model):
    """One product of the frozen list of an incentive: no foreign key, a promise outlives it."""

    incentive = models.ForeignKey(Incentive, on_delete=models.CASCADE, related_name="products")
    product_id = models.BigIntegerField(_("product"))
    title = models.CharField(_("title"), max_length=255, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("product of an incentive")
        verbose_name_plural = _("products of an incentive")
        constraints = [
            models.UniqueConstraint(
                fields=["incentive", "product_id"], name="rf_incentive_product"
            ),
        ]

    def __str__(self) -> str:
        return self.title
