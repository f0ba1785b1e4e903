"""Program and ProgramVersion. A published version never changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import Frozen


def _offer() -> models.ForeignKey[Any, Any]:
    """Oscar's face of what a side gets; `checkout` makes and repairs the row. Never the truth."""
    return models.ForeignKey(
        "offer.ConditionalOffer",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class Program(models.Model):
    """A named referral program of one site. What it promises stands in its versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")
        STOPPED = "stopped", _("Stopped")

    class BookedAs(models.TextChoices):
        UNDECIDED = "", _("Not decided")
        EXPENSE = "expense", _("Marketing expense")
        CONTRA_REVENUE = "contra", _("Reduction of revenue (contra revenue)")

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
    friend_offer = _offer()
    advocate_offer = _offer()
    # What takes off the shipping charge stands on offers of its own.
    friend_shipping_offer = _offer()
    advocate_shipping_offer = _offer()
    # A label in exports and reports; the books are the same either way.
    booked_as = models.CharField(
        _("cost of rewards is booked as"),
        max_length=10,
        blank=True,
        choices=BookedAs.choices,
        default=BookedAs.UNDECIDED,
    )
    # Columns of the program's own row, since pages read that row anyway and no other.
    # Slugs of `sharing.channels` in the order of offering; None: those that are on by themselves.
    share_channels = models.JSONField(_("share channels"), null=True, blank=True)
    # Slugs of `sharing.placements` from which nobody is to be invited.
    placements_off = models.JSONField(_("placements switched off"), default=list, blank=True)
    # Which offer `signals.offer_changed` was sent for last; see `checkout.offer_state`.
    offer_told = models.CharField(
        _("offer announced last"), max_length=40, blank=True, editable=False
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
            ("adjust_reward", "Can give, adjust and extend rewards by hand"),
            ("assign_referral", "Can credit orders to advocates by hand"),
            ("merge_advocate", "Can merge advocates"),
            ("replace_referralcode", "Can replace and block referral codes"),
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

    class PartialRefunds(models.TextChoices):
        KEEP = "keep", _("change nothing")
        PROPORTIONAL = "proportional", _("reduce a fixed reward in proportion")

    class BelowMinimum(models.TextChoices):
        KEEP = "keep", _("keeps its reward")
        LOSE = "lose", _("loses its reward")

    class CreditModel(models.TextChoices):
        LAST = "last", _("the last one")
        FIRST = "first", _("the first one")

    class HoldFrom(models.TextChoices):
        PAYMENT = "payment", _("payment")
        SHIPMENT = "shipment", _("shipment")
        DELIVERY = "delivery", _("delivery")

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
    link_days = models.PositiveIntegerField(
        _("days an opened link stays valid"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    credit_model = models.CharField(
        _("of several invitations of the same rank, the credit goes to"),
        max_length=5,
        choices=CreditModel.choices,
        default=CreditModel.LAST,
    )
    hold_days = models.PositiveIntegerField(
        _("days a reward is held after payment"),
        default=14,
        validators=[MaxValueValidator(365)],
    )
    hold_from = models.CharField(
        _("the hold begins with"),
        max_length=10,
        choices=HoldFrom.choices,
        default=HoldFrom.PAYMENT,
    )
    partial_refunds = models.CharField(
        _("partial refunds of the friend's order"),
        max_length=12,
        choices=PartialRefunds.choices,
        default=PartialRefunds.KEEP,
        help_text=_("A reward that is a percentage of the order is always reduced in proportion."),
    )
    below_minimum = models.CharField(
        _("an order that a refund takes below its minimum"),
        max_length=4,
        choices=BelowMinimum.choices,
        default=BelowMinimum.KEEP,
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
