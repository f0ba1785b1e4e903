"""Program, ProgramVersion, Incentive and the frozen terms. A published version never changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly, Frozen
from oscar_referrals.money import format_percentage


class Program(models.Model):
    """A named referral program of one site. What it promises stands in its versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")
        STOPPED = "stopped", _("Stopped")

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    status_changed_at = models.DateTimeField(_("status changed"), null=True, blank=True)
    status_reason = models.TextField(_("reason"), blank=True)
    current_version = models.ForeignKey(
        "ProgramVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Oscar's face of each side: rows that `checkout` creates and repairs. Never the truth.
    friend_offer = models.ForeignKey(
        "offer.ConditionalOffer",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    advocate_offer = models.ForeignKey(
        "offer.ConditionalOffer",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["-id"]
        permissions = [
            ("publish_program", "Can publish, pause, resume, end and stop programs"),
            ("view_referral_report", "Can see the referral report"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(status="live"), name="rf_one_live_program_per_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgramVersion(models.Model):
    """The rules of a program at one time. Immutable once published, also in the database."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    class MayJoin(models.TextChoices):
        ANYONE = "anyone", _("Any signed-in customer")
        CUSTOMERS = "customers", _("Customers who have placed an order")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    may_join = models.CharField(
        _("who may join"), max_length=10, choices=MayJoin.choices, default=MayJoin.ANYONE
    )
    new_customers_only = models.BooleanField(
        _("friends must be new customers"),
        default=True,
        help_text=_("A friend who has ordered before gets no discount."),
    )
    cancelled_orders_count = models.BooleanField(
        _("a cancelled order makes an existing customer"), default=False
    )
    combinable = models.BooleanField(
        _("may be combined with other offers"),
        default=False,
        help_text=_("If not, the better offer applies and the shopper is told which."),
    )
    claim_on_visit = models.BooleanField(
        _("claim when the link is opened"),
        default=False,
        help_text=_("Only for visitors for whom the shop's consent setting says yes."),
    )
    attribution_days = models.PositiveIntegerField(
        _("days a claim stays valid"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    hold_days = models.PositiveIntegerField(
        _("days a reward is held after payment"),
        default=14,
        validators=[MaxValueValidator(365)],
    )
    wind_down_days = models.PositiveIntegerField(
        _("days claims are honoured after the program ended"),
        default=30,
        validators=[MaxValueValidator(365)],
    )

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("program version")
        verbose_name_plural = _("program versions")
        ordering = ["program", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="rf_version_number"),
            models.UniqueConstraint(
                fields=["program"], condition=Q(status="draft"), name="rf_one_draft_per_program"
            ),
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(status="published"),
                name="rf_one_published_version",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=models.F("starts_at")),
                name="rf_version_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return _("%(program)s, version %(number)d") % {
            "program": self.program.name,
            "number": self.number,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Frozen when a published version would be changed other than by superseding it."""
        changing = set(kwargs.get("update_fields") or ["*"]) - {"status", "superseded_at"}
        if changing and getattr(self, "_read_status", self.Status.DRAFT) != self.Status.DRAFT:
            raise Frozen(f"{self} is published; change its program's draft instead.")
        super().save(*args, **kwargs)
        self._read_status = self.status

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises Frozen for a version that is, or was, published."""
        if self.status != self.Status.DRAFT:
            raise Frozen(f"{self} is published and can't be deleted.")
        return super().delete(*args, **kwargs)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> ProgramVersion:
        """Remember under which status the row was read: from then on it may be frozen."""
        version = super().from_db(*args, **kwargs)
        version._read_status = version.__dict__.get("status", cls.Status.DRAFT)
        return version


class Incentive(models.Model):
    """One rule of a version: on *trigger*, *side* gets a discount worth *value*."""

    class Side(models.TextChoices):
        FRIEND = "friend", _("Friend")
        ADVOCATE = "advocate", _("Advocate")

    class Trigger(models.TextChoices):
        FIRST_ORDER = "first_order", _("Friend's first order")

    class Kind(models.TextChoices):
        VOUCHER = "voucher", _("Discount voucher")

    class ValueType(models.TextChoices):
        PERCENT = "percent", _("Percentage")
        FIXED = "fixed", _("Fixed amount")

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="incentives")
    side = models.CharField(_("who gets it"), max_length=10, choices=Side.choices)
    trigger = models.CharField(
        _("trigger"), max_length=20, choices=Trigger.choices, default=Trigger.FIRST_ORDER
    )
    kind = models.CharField(_("kind"), max_length=64, default=Kind.VOUCHER)
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
        ordering = ["version", "side"]
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="rf_one_incentive_per_side"),
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


class IncentiveAmount(models.Model):
    """The figures of an incentive in one currency, in minor units.

    An incentive exists only in the currencies it has a row for; in others nobody is eligible.
    """

    incentive = models.ForeignKey(Incentive, on_delete=models.CASCADE, related_name="amounts")
    currency = models.CharField(_("currency"), max_length=3)
    value = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    minimum = models.PositiveBigIntegerField(_("minimum spend"), default=0)
    maximum = models.PositiveBigIntegerField(_("maximum discount"), null=True, blank=True)

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


class DraftTerms(models.Model):
    """The operator's own words for a version in one language, typed in the dashboard."""

    version = models.ForeignKey(
        ProgramVersion, on_delete=models.CASCADE, related_name="draft_terms"
    )
    language = models.CharField(_("language"), max_length=15)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("typed terms")
        verbose_name_plural = _("typed terms")
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="rf_typed_terms"),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class TermsVersion(AppendOnly):
    """The words a member accepted: frozen HTML and text of one version in one language."""

    version = models.ForeignKey(
        ProgramVersion, on_delete=models.PROTECT, related_name="terms_versions"
    )
    language = models.CharField(_("language"), max_length=15)
    sequence = models.PositiveIntegerField(_("edition"), default=1)
    html = models.TextField(_("HTML"))
    text = models.TextField(_("text"))
    sha256 = models.CharField("SHA-256", max_length=64)
    source = models.CharField(_("source"), max_length=200)
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("terms version")
        verbose_name_plural = _("terms versions")
        ordering = ["version", "language", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language", "sequence"], name="rf_terms_sequence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language}, {self.sequence})"
