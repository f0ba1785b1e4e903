"""Limit: how much a version gives at most, to one person or in all."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import Frozen
from oscar_referrals.programs.models.program import ProgramVersion


class Limit(models.Model):
    """A cap or a budget of a version. Frozen with it.

    `amount` is a number of rewards, or minor units of `currency`.
    """

    class Scope(models.TextChoices):
        ADVOCATE = "advocate", _("each advocate")
        FRIEND = "friend", _("each friend")
        PROGRAM = "program", _("the whole program")

    class Window(models.TextChoices):
        DAY = "day", _("in 24 hours")
        MONTH = "month", _("in 30 days")
        YEAR = "year", _("in 12 months")
        EVER = "ever", _("in all")

    class Measure(models.TextChoices):
        COUNT = "count", _("number of rewards")
        MONEY = "money", _("amount of money")

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="limits")
    scope = models.CharField(_("for"), max_length=10, choices=Scope.choices)
    window = models.CharField(
        _("period"), max_length=10, choices=Window.choices, default=Window.EVER
    )
    measure = models.CharField(_("counts"), max_length=10, choices=Measure.choices)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    amount = models.PositiveBigIntegerField(_("at most"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["version", "scope", "window", "measure", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "scope", "window", "measure", "currency"], name="rf_limit_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rf_limit_positive"),
            models.CheckConstraint(
                condition=Q(measure="count", currency="") | Q(measure="money") & ~Q(currency=""),
                name="rf_limit_currency_for_money",
            ),
            # A budget is one sum for the life of a program; a window would refill it unseen.
            models.CheckConstraint(
                condition=~Q(scope="program") | Q(window="ever", measure="money"),
                name="rf_budget_is_money_for_ever",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.get_window_display()}: {self.amount}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Frozen when its version is published."""
        if self.version.status != ProgramVersion.Status.DRAFT:
            raise Frozen(f"{self.version} is published; change its program's draft instead.")
        super().save(*args, **kwargs)
