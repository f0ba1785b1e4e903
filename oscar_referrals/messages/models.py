"""OutboxMessage: one mail that is owed to one person, sent once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.models import Reward


class OutboxMessage(models.Model):
    """A mail to send. `key` is unique, so no event mails twice; no address is stored."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    key = models.CharField(max_length=200, unique=True)
    event = models.CharField(_("event"), max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=15, blank=True)
    advocate = models.ForeignKey(
        Advocate, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    reward = models.ForeignKey(
        Reward, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        permissions = [("resend_outboxmessage", "Can send a message again")]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="rf_outbox_due")]

    def __str__(self) -> str:
        return self.key
