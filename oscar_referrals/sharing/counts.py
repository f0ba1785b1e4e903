"""TouchCount: what is left of a day's touches when they are deleted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.models import Touch


class TouchCount(models.Model):
    """How often codes were met on one day of the shop's, by program and way. Names nobody.

    All rows of a day are written at once, after it (see `rollup`).
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(_("day"))
    method = models.CharField(_("method"), max_length=10, choices=Touch.Method.choices)
    channel = models.CharField(_("channel"), max_length=30, blank=True)
    placement = models.CharField(_("placement"), max_length=40, blank=True)
    campaign = models.CharField(_("campaign"), max_length=60, blank=True)
    touches = models.PositiveIntegerField(_("touches"))
    # Different pseudonyms among them; whoever isn't remembered has none.
    visitors = models.PositiveIntegerField(_("remembered visitors"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("count of touches")
        verbose_name_plural = _("counts of touches")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "day", "method", "channel", "placement", "campaign"],
                name="rf_touch_count",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="rf_touch_count_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.method}: {self.touches}"
