"""The words of a version: typed for its draft, and frozen as they were accepted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.programs.models.program import ProgramVersion


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
