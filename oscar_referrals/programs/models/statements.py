"""What hand-written words may not say, and which statements a person has let pass all the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.programs.models.program import ProgramVersion


class ForbiddenPhrase(models.Model):
    """The shop's own addition to `statements.forbidden.DEFAULTS`, or an exception from it.

    `language` is a language without its country ("en"). A star at the end of a word stands for any
    ending.
    """

    language = models.CharField(_("language"), max_length=15)
    phrase = models.CharField(_("phrase"), max_length=100)
    # A phrase of the defaults that this shop allows.
    is_allowed = models.BooleanField(_("allowed"), default=False)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("forbidden phrase")
        verbose_name_plural = _("forbidden phrases")
        ordering = ["language", "phrase"]
        constraints = [
            models.UniqueConstraint(fields=["language", "phrase"], name="rf_phrase_once"),
        ]

    def __str__(self) -> str:
        return self.phrase


class StatementWaiver(AppendOnly):
    """A person lets one figure of one sentence pass, for one version, and says why.

    Another sentence, another figure or another version is refused again. One that was withdrawn
    (`WaiverWithdrawal`) counts no more; the next of the same statement is a row of its own.
    """

    version = models.ForeignKey(
        ProgramVersion, on_delete=models.CASCADE, related_name="statement_waivers"
    )
    language = models.CharField(_("language"), max_length=15)
    kind = models.CharField(_("kind"), max_length=10)
    figure = models.CharField(_("figure"), max_length=200)
    sentence = models.TextField(_("sentence"))
    # SHA-256 of figure and sentence: sentences are too long for an index.
    digest = models.CharField(max_length=64, editable=False)
    # How often the same statement was let pass, with this time.
    sequence = models.PositiveSmallIntegerField(default=1, editable=False)
    reason = models.TextField(_("reason"))
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("let pass by"),
    )
    waived_at = models.DateTimeField(_("let pass"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("accepted statement")
        verbose_name_plural = _("accepted statements")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest", "sequence"], name="rf_waived_in_turn"
            ),
        ]

    def __str__(self) -> str:
        return self.figure


class WaiverWithdrawal(AppendOnly):
    """A statement that was let pass is refused again from now on: who took it back, and why."""

    # Kept beside the waiver, because what is frozen is told by the version.
    version = models.ForeignKey(
        ProgramVersion, on_delete=models.CASCADE, related_name="waiver_withdrawals"
    )
    waiver = models.OneToOneField(
        StatementWaiver, on_delete=models.CASCADE, related_name="withdrawal"
    )
    reason = models.TextField(_("reason"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("withdrawal of an accepted statement")
        verbose_name_plural = _("withdrawals of accepted statements")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.waiver.figure
