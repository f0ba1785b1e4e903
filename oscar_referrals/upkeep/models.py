"""One row per periodic job: when it last ran, how it ended, and how far a long one has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """The latest run of a periodic job, and its cursor when it works in batches."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    handled = models.PositiveIntegerField(_("rows handled"), default=0)
    failed = models.PositiveIntegerField(_("rows that failed"), default=0)
    error = models.TextField(_("last error"), blank=True)
    cursor = models.CharField(_("cursor"), max_length=64, blank=True)
    complete = models.BooleanField(_("complete"), default=False)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")

    def __str__(self) -> str:
        return self.name
