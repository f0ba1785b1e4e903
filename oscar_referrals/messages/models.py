"""OutboxMessage: one mail that is owed to one person, sent once; and who wants which mails."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import Reward


class OutboxMessage(models.Model):
    """A mail to send. `key` is unique, so no event mails twice; no address is stored."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        HELD = "held", _("Not sent")

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
    # That of what it is about, so that staff can count and list by program.
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    advocate = models.ForeignKey(
        Advocate, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    reward = models.ForeignKey(
        Reward, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    late_claim = models.ForeignKey(
        LateClaim, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # When it was to be sent at first; empty: when it was made.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        permissions = [("resend_outboxmessage", "Can send a message again")]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="rf_outbox_due"),
            models.Index(fields=["created_at"], name="rf_outbox_time"),
        ]

    def __str__(self) -> str:
        return self.key


def _of_a_person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )


class MessagePreference(models.Model):
    """That a person wants one kind of message, or does not, and how they said so.

    Of a guest the keyed HMAC of the e-mail address is kept; it still counts once they have an
    account with that address.
    """

    class Method(models.TextChoices):
        ACCOUNT = "account", _("In the account")
        LINK = "link", _("By the link in a mail")
        ONE_CLICK = "one-click", _("By the mail program's button")

    user = _of_a_person()
    email_key = models.CharField(max_length=64, blank=True)
    event = models.CharField(_("event"), max_length=40)
    wanted = models.BooleanField(_("wanted"))
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    stated_at = models.DateTimeField(_("stated"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("wanted message")
        verbose_name_plural = _("wanted messages")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event"],
                condition=Q(user__isnull=False),
                name="rf_wanted_by_user",
            ),
            models.UniqueConstraint(
                fields=["email_key", "event"],
                condition=Q(user__isnull=True),
                name="rf_wanted_by_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.wanted}"


class LastMail(models.Model):
    """When a person last got a mail of those that come at most once in a while."""

    user = _of_a_person()
    email_key = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("last mail")
        verbose_name_plural = _("last mails")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(user__isnull=False), name="rf_last_mail_user"
            ),
            models.UniqueConstraint(
                fields=["email_key"], condition=Q(user__isnull=True), name="rf_last_mail_guest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.email_key[:8]}: {self.sent_at}"


class MessageSwitch(models.Model):
    """One kind of message that a program does not send."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(_("event"), max_length=40)
    switched_off_at = models.DateTimeField(_("switched off"), auto_now_add=True)
    switched_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("message that is switched off")
        verbose_name_plural = _("messages that are switched off")
        constraints = [
            models.UniqueConstraint(fields=["program", "event"], name="rf_message_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.program}: {self.event}"
